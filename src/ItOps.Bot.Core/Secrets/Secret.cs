namespace ItOps.Bot.Secrets;

/// <summary>
/// A value that must not be seen: it prints as <c>***</c>, has no JSON form of its own (see <see cref="ISecretProtector"/>),
/// and is read only by <see cref="Reveal"/>, so that every use can be found.
/// </summary>
public sealed class Secret<T>(T value) : ISecret
    where T : notnull
{
    private readonly T _value = value;

    public T Reveal() => _value;

    public override string ToString() => "***";
}

/// <summary>Marks every <see cref="Secret{T}"/>, for redaction by type.</summary>
public interface ISecret;
