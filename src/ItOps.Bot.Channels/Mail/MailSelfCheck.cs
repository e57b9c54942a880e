using ItOps.Bot.Replies;

namespace ItOps.Bot.Channels.Mail;

/// <summary>Whether the mail server can be reached and takes the sign-in; no mail is sent.</summary>
internal sealed class MailSelfCheck(MailOptions options, MailClient client) : ISelfCheck
{
    public string Name => MailChannel.ChannelName;

    public string? Problem => null;

    public async Task<IReadOnlyList<CheckResult>> ExamineAsync(CancellationToken cancellationToken)
    {
        const string What = "server";
        try
        {
            await client.TryAsync(cancellationToken);
            var how = options.Security == MailSecurity.None ? "without encryption, on this machine" : "encrypted, with a certificate that is trusted";
            return [new(What, null, $"{options.Host}:{options.Port} answers, {how}{(options.SignIn is null ? "" : ", and takes the sign-in")}; mail comes from {options.From.Address}")];
        }
        catch (DeliveryException e)
        {
            return [new(What, e.Message)];
        }
    }
}
