using System.Text;
using ItOps.Bot.Channels.Mail;
using ItOps.Bot.Conversations;
using ItOps.Bot.People;
using ItOps.Bot.Replies;
using ItOps.Bot.Secrets;
using ItOps.Bot.Testing.Mail;
using ItOps.Bot.Testing.People;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;

namespace ItOps.Bot.Channels.Tests.Mail;

/// <summary>Mail over the wire, to a server that is strict about it.</summary>
public sealed class MailChannelTests
{
    private static readonly Person Alice = new(new("P1"), "Alice Able", "Alice", "alice@example.com", null, null, ["alice", "Alice Able", "alice@example.com"]);
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly ConversationId ToAlice = new("mail", "alice@example.com");

    [Fact]
    public async Task A_report_comes_as_plain_text_with_its_facts_and_an_absolute_link()
    {
        await using var server = FakeSmtp.Plain();
        var reply = new Reply("For your information: it was done.\nIf it wasn't you, say so.")
        {
            Card = new("Reset the password of alice in Cloud", CardState.Succeeded) { StateText = "Done", RequestNumber = "IT-7K2QD", Facts = [new("Asked by", "Alice Able"), new("Done", "it") { At = Noon }] },
            Link = new("This wasn't me", new("/reports/abc/def"), Noon.AddDays(7)),
        };

        var posted = await Channel(server).SendAsync(new("m1", ToAlice, reply), TestContext.Current.CancellationToken);

        var (received, mail) = Only(server);
        Assert.Equal(("it-bot@example.com", "alice@example.com"), (received.From, Assert.Single(received.To)));
        Assert.Equal("m1@example.com", posted.MessageId);
        Assert.Equal(("m1@example.com", "Reset the password of alice in Cloud", "auto-generated"), (mail.MessageId, mail.Subject, mail.Headers["Auto-Submitted"]));
        Assert.Equal("text/plain", mail.Body!.ContentType.MimeType);
        Assert.Contains("If it wasn't you, say so.", mail.TextBody);
        Assert.Contains("Asked by: Alice Able", mail.TextBody);
        Assert.Contains("Done: it, 22 November 2026, 12:00 UTC", mail.TextBody);
        Assert.Contains("This wasn't me:\nhttps://itops.example.com/reports/abc/def\n", mail.TextBody!.ReplaceLineEndings("\n"));
        Assert.Contains(Words.English.MailIsNotRead, mail.TextBody);
    }

    [Fact]
    public async Task A_code_stands_in_the_body_and_not_in_the_subject_that_a_locked_screen_shows()
    {
        await using var server = FakeSmtp.Plain();
        var reply = new Reply(Words.English.YourCode("Slack", TimeSpan.FromMinutes(10))) { Code = new("40718263") };

        await Channel(server).SendAsync(new("m1", ToAlice, reply), TestContext.Current.CancellationToken);

        var mail = Only(server).Mail;
        Assert.Contains("Your code: 40718263", mail.TextBody);
        Assert.Equal("A code for your wish to the IT bot in Slack.", mail.Subject);
    }

    [Theory]
    [InlineData("Eve\r\nBcc: everybody@example.com")]
    [InlineData("Eve\nSubject: something else\n\nAnother mail")]
    [InlineData("Eve\u2028Bcc: everybody@example.com")]
    [InlineData("Eve\r\n.\r\nMAIL FROM:<eve@example.com>")]
    public async Task No_name_begins_a_header_or_a_line_of_its_own(string name)
    {
        await using var server = FakeSmtp.Plain();
        var reply = new Reply($"{name} asked for it.") { Card = new($"Reset the password of {name}", CardState.Succeeded) { StateText = "Done", Facts = [new("Asked by", name), new(name, "x")] } };

        await Channel(server).SendAsync(new("m1", ToAlice, reply), TestContext.Current.CancellationToken);

        var (received, mail) = Only(server);
        Assert.Equal("alice@example.com", Assert.Single(received.To));
        Assert.Equal(["Auto-Submitted", "Date", "From", "MIME-Version", "Message-Id", "Subject", "To"], mail.Headers.Select(h => h.Field).Where(h => !h.StartsWith("Content-", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.StartsWith("Reset the password of Eve ", mail.Subject, StringComparison.Ordinal);
        Assert.DoesNotContain(mail.TextBody!.Split('\n').SkipWhile(l => !l.StartsWith("Reset", StringComparison.Ordinal)), l => l.StartsWith("Bcc", StringComparison.Ordinal) || l.StartsWith("Subject", StringComparison.Ordinal) || l.StartsWith("MAIL", StringComparison.Ordinal));
        Assert.Empty(server.Violations);
    }

    [Theory]
    [InlineData("alice@example.com\r\nRCPT TO:<eve@example.com>")]
    [InlineData("alice@example.com, eve@example.com")]
    [InlineData("<alice@example.com>")]
    [InlineData("alice@example.com>")]
    [InlineData("\"alice @\"@example.com")]
    [InlineData("alice@[127.0.0.1]")]
    [InlineData("aliсe@example.com")]
    [InlineData("alice")]
    [InlineData("")]
    public async Task Nothing_goes_to_what_is_no_plain_address(string address)
    {
        await using var server = FakeSmtp.Plain();
        var channel = Channel(server, Alice with { Email = address, Names = ["alice", address] });

        Assert.Null(await channel.DirectConversationAsync(Alice.Id, TestContext.Current.CancellationToken));
        var refused = await Assert.ThrowsAsync<DeliveryException>(() => channel.SendAsync(new("m1", new("mail", address), new("hi")), TestContext.Current.CancellationToken));

        Assert.Equal(DeliveryFailure.Refused, refused.Failure);
        Assert.Empty(server.Mails);
    }

    [Fact]
    public async Task A_mailbox_of_two_people_is_nobodys()
    {
        await using var server = FakeSmtp.Plain();
        var twin = Alice with { Id = new("P2"), Names = ["alison", "alice@example.com"] };

        Assert.Equal(ToAlice, await Channel(server, Alice).DirectConversationAsync(Alice.Id, TestContext.Current.CancellationToken));
        Assert.Null(await Channel(server, Alice, twin).DirectConversationAsync(Alice.Id, TestContext.Current.CancellationToken));
        Assert.Null(await Channel(server, Alice).DirectConversationAsync(new("P9"), TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("RCPT", "550 5.1.1 no such mailbox", DeliveryFailure.Refused)]
    [InlineData("RCPT", "452 4.2.2 mailbox full", DeliveryFailure.Busy)]
    [InlineData("MAIL", "421 4.3.2 closing down", DeliveryFailure.Busy)]
    [InlineData("EHLO", "", DeliveryFailure.NotSent)]
    [InlineData(".", "", DeliveryFailure.Unknown)]
    [InlineData(".", "554 5.7.1 looks like spam", DeliveryFailure.Refused)]
    public async Task What_the_server_answers_decides_whether_it_goes_again(string at, string answer, DeliveryFailure expected)
    {
        await using var server = FakeSmtp.Plain();
        server.Answers[at] = answer;
        if (at == "EHLO")
            server.Answers["HELO"] = "";

        var failed = await Assert.ThrowsAnyAsync<DeliveryException>(() => Channel(server).SendAsync(new("m1", ToAlice, new("hi")), TestContext.Current.CancellationToken));

        Assert.Equal(expected, failed.Failure);
        Assert.Empty(server.Mails);
    }

    [Fact]
    public async Task A_server_that_is_not_there_can_be_tried_again()
    {
        var server = FakeSmtp.Plain();
        var channel = Channel(server);
        await server.DisposeAsync();

        var failed = await Assert.ThrowsAsync<DeliveryException>(() => channel.SendAsync(new("m1", ToAlice, new("hi")), TestContext.Current.CancellationToken));

        Assert.Equal(DeliveryFailure.NotSent, failed.Failure);
    }

    [Fact]
    public async Task Over_the_network_mail_is_encrypted_and_signed_in_to_a_server_of_our_own_authority()
    {
        var (certificate, authority) = FakeSmtp.CertificateFor("127.0.0.1");
        await using var server = FakeSmtp.WithTls(certificate, ("it-bot", "p4ss"));

        await Channel(server, [("Security", "starttls"), ("CaFile", authority), ("User", "it-bot"), ("Password", "p4ss")]).SendAsync(new("m1", ToAlice, new("hi")), TestContext.Current.CancellationToken);

        var (received, _) = Only(server);
        Assert.Equal((true, "it-bot"), (received.IsEncrypted, received.SignedInAs));
    }

    [Theory]
    [InlineData("elsewhere.example.com", true)]
    [InlineData("127.0.0.1", false)]
    public async Task A_certificate_of_another_name_or_of_an_unknown_authority_gets_nothing(string name, bool trusted)
    {
        var (certificate, authority) = FakeSmtp.CertificateFor(name);
        await using var server = FakeSmtp.WithTls(certificate, ("it-bot", "p4ss"));
        (string, string)[] settings = [("Security", "starttls"), ("User", "it-bot"), ("Password", "p4ss"), .. trusted ? [("CaFile", authority)] : Array.Empty<(string, string)>()];

        var failed = await Assert.ThrowsAsync<DeliveryException>(() => Channel(server, settings).SendAsync(new("m1", ToAlice, new("hi")), TestContext.Current.CancellationToken));

        Assert.Equal(DeliveryFailure.NotSent, failed.Failure);
        Assert.Contains("Channels:Mail:CaFile", failed.Message);
        Assert.Empty(server.Mails);
    }

    [Fact]
    public async Task A_server_without_encryption_gets_neither_mail_nor_password()
    {
        await using var server = FakeSmtp.Plain();

        var failed = await Assert.ThrowsAsync<DeliveryException>(() =>
            Channel(server, [("Security", "starttls"), ("User", "it-bot"), ("Password", "p4ss")]).SendAsync(new("m1", ToAlice, new("hi")), TestContext.Current.CancellationToken));

        Assert.Equal(DeliveryFailure.NotSent, failed.Failure);
        Assert.Empty(server.Mails);
    }

    [Fact]
    public async Task The_self_check_signs_in_and_sends_nothing()
    {
        var (certificate, authority) = FakeSmtp.CertificateFor("127.0.0.1");
        await using var server = FakeSmtp.WithTls(certificate, ("it-bot", "p4ss"));

        var well = Assert.Single(await Check(server, authority, "p4ss").ExamineAsync(TestContext.Current.CancellationToken));
        var wrong = Assert.Single(await Check(server, authority, "old").ExamineAsync(TestContext.Current.CancellationToken));

        Assert.Null(well.Problem);
        Assert.Contains("takes the sign-in", well.Well);
        Assert.Contains("check Channels:Mail:User and Password", wrong.Problem);
        Assert.Empty(server.Mails);
        Assert.Empty(server.Violations);
    }

    [Theory]
    [InlineData("Channels:Mail:Host", "Host=")]
    [InlineData("Channels:Mail:From", "From=")]
    [InlineData("Channels:Mail:From", "From=it-bot")]
    [InlineData("Channels:Mail:From", "From=it-bot@example.com, other@example.com")]
    [InlineData("Channels:Mail:Security", "Security=none", "Host=smtp.example.com")]
    [InlineData("Channels:Mail:Security", "Security=off")]
    [InlineData("Channels:Mail:Port", "Port=0")]
    [InlineData("Channels:Mail:User", "Password=p4ss")]
    [InlineData("Channels:Mail:Password", "User=it-bot")]
    [InlineData("Channels:Mail:CaFile", "CaFile=/nowhere/ca.pem")]
    public void A_wrong_setting_is_named(string key, params string[] settings)
    {
        var wrong = Assert.Throws<SettingException>(() => Options([("Host", "127.0.0.1"), ("From", "it-bot@example.com"), .. settings.Select(s => s.Split('=', 2)).Select(s => (s[0], s[1]))]));

        Assert.StartsWith(key + " ", wrong.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("p4ss", wrong.Message, StringComparison.Ordinal);
    }

    private static (ReceivedMail Received, MimeMessage Mail) Only(FakeSmtp server)
    {
        var received = Assert.Single(server.Mails);
        using var bytes = new MemoryStream(Encoding.UTF8.GetBytes(received.Text));
        return (received, MimeMessage.Load(bytes, TestContext.Current.CancellationToken));
    }

    private static MailChannel Channel(FakeSmtp server, params Person[] people) => Channel(server, [("Security", "none")], people);

    private static MailChannel Channel(FakeSmtp server, (string, string)[] settings, params Person[] people)
    {
        var options = Options([("Host", "127.0.0.1"), ("Port", $"{server.Port}"), ("From", "it-bot@example.com"), .. settings]);
        var directory = new ListedPeople();
        foreach (var person in people.Length == 0 ? [Alice] : people)
            directory.Add(person);
        return new(new(options, TimeProvider.System), new(options, TimeProvider.System), directory);
    }

    private static MailSelfCheck Check(FakeSmtp server, string authority, string password)
    {
        var options = Options([("Host", "127.0.0.1"), ("Port", $"{server.Port}"), ("From", "it-bot@example.com"), ("CaFile", authority), ("User", "it-bot"), ("Password", password)]);
        return new(options, new(options, TimeProvider.System));
    }

    private static MailOptions Options(IReadOnlyList<(string Key, string Value)> settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.GroupBy(s => s.Key).Select(s => KeyValuePair.Create("Channels:Mail:" + s.Key, (string?)s.Last().Value))).Build();
        return MailOptions.Of(new(configuration.GetSection("Channels:Mail"), new(configuration.GetSection("Channels"), new("https://itops.example.com/"), IsDevelopment: true)));
    }
}
