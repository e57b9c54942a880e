using ItOps.Bot.Approvals;
using ItOps.Bot.People;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ItOps.Bot.Testing.People;

/// <summary>For what is not about cool-downs: everything that leads to people has been there from the beginning.</summary>
public static class FirstLook
{
    public static IServiceCollection AddFirstLook(this IServiceCollection services)
    {
        services.TryAddSingleton<Reach>();
        return services.AddSingleton<IContactStore, AlwaysThere>().AddSingleton<ContactAlerts>().AddSingleton<ContactHistory>();
    }

    private sealed class AlwaysThere(IPersonDirectory people, TimeProvider time) : IContactStore
    {
        public async Task<PersonContacts?> FindAsync(PersonId person, CancellationToken cancellationToken)
        {
            if (await people.FindAsync(person, cancellationToken) is not { } known)
                return null;
            var routes = (await people.IdentitiesOfAsync(person, cancellationToken)).Select(ContactRoute.Of).Append(ContactRoute.Mail(known.Email)).ToList();
            if (known.Manager is { } manager)
                routes.Add(ContactRoute.Manager(manager));
            return new(person, [.. routes.Select(r => new Contact(r, ContactSource.Directory, time.GetUtcNow(), FromBaseline: true))]) { Version = 1 };
        }

        public Task<IReadOnlyList<PersonContacts>> OfAsync(IReadOnlyList<PersonId> people, CancellationToken cancellationToken) => None();

        public Task<IReadOnlyList<PersonContacts>> PageAsync(PersonId? after, int take, CancellationToken cancellationToken) => None();

        public Task<IReadOnlyList<PersonContacts>> ChangedAsync(DateTimeOffset since, int take, CancellationToken cancellationToken) => None();

        public Task<ContactBaseline?> BaselineAsync(CancellationToken cancellationToken) => Task.FromResult<ContactBaseline?>(new(time.GetUtcNow(), time.GetUtcNow()));

        private static Task<IReadOnlyList<PersonContacts>> None() => Task.FromResult<IReadOnlyList<PersonContacts>>([]);
    }
}
