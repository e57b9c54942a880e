using ItOps.Bot.Approvals;
using ItOps.Bot.Commits;
using ItOps.Bot.Conversations;
using ItOps.Bot.People;
using ItOps.Bot.Replies;
using ItOps.Bot.Requests;
using ItOps.Bot.Secrets;

namespace ItOps.Bot.Notices;

/// <summary>
/// Puts what was done to an account before its owner and their manager: as a card with a button where they can answer, as a text with a link where they can not.
/// </summary>
public sealed class ReportPosts(Reach reach, ApprovalPosts posts, IConversationStore conversations, TimeProvider time)
{
    /// <summary>Returns the approval with the places of its cards and the links that press it.</summary>
    public async Task<Approval> AddAsync(
        Commit commit, ServiceRequest prepared, Approval approval, IReadOnlyList<Person> readers, ServiceRequest about, CancellationToken cancellationToken)
    {
        var cardsAt = new List<ConversationId>();
        var links = new List<MailedLink>();
        foreach (var reader in readers)
        {
            foreach (var (place, words) in await PlacesAsync(reader.Id, reader.Id == about.Requester ? about.Conversation : null, cancellationToken))
            {
                var text = Text(prepared.Report!, reader, words);
                var card = RequestCards.ForReport(prepared, approval, [], reader.Id, words);
                if (reach.TakesAnswers(place))
                {
                    posts.Post(commit, place, new(text) { Card = card }, approval.Id);
                    cardsAt.Add(place);
                    continue;
                }

                var (token, hash) = OneTimeToken.New();
                links.Add(new(reader.Id, hash));
                var link = new SecretLink(card.Buttons[0].Label, new($"/reports/{approval.Id}/{token}"), approval.ExpiresAt);
                commit.Add(new MessageQueued(new(Id.New(time), place, new(text) { Card = card with { ApprovalId = null, Buttons = [], ExpiresAt = null }, Link = link }, time.GetUtcNow())));
            }
        }

        return approval with { PostedTo = cardsAt, Links = links };
    }

    /// <summary>Every way to the person, with the words for it: those of the conversation there, or of <paramref name="otherwise"/>.</summary>
    public async Task<IReadOnlyList<(ConversationId Place, Words Words)>> PlacesAsync(PersonId person, ConversationId? otherwise, CancellationToken cancellationToken)
    {
        var usual = otherwise is null ? Words.English : await WordsAsync(otherwise, Words.English, cancellationToken);
        var places = new List<(ConversationId, Words)>();
        foreach (var place in (await reach.AllOfAsync(person, cancellationToken)).Distinct())
            places.Add((place, await WordsAsync(place, usual, cancellationToken)));
        return places;
    }

    private static string Text(ReportedAct act, Person reader, Words words) => reader.Id == act.Owner
        ? $"{words.DoneToYourAccount(act.Title, act.At, act.AskedBy, act.ApprovedBy)} {words.IfNotYou}"
        : $"{words.DoneToYourReport(act.OwnerName, act.Title, act.At, act.AskedBy, act.ApprovedBy)} {words.IfWrong}";

    private async Task<Words> WordsAsync(ConversationId place, Words otherwise, CancellationToken cancellationToken) =>
        await conversations.LoadAsync(place, cancellationToken) is { Version: > 0, Memory.Language: var language } ? Words.For(language) : otherwise;
}
