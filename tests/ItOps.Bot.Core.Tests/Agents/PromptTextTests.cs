using ItOps.Bot.Agents;

namespace ItOps.Bot.Core.Tests.Agents;

/// <summary>What people paste by mistake does not leave the process.</summary>
public sealed class PromptTextTests
{
    [Theory]
    [InlineData("my password is hunter2 and it fails", "hunter2")]
    [InlineData("Passwort: Sommer2026! geht nicht", "Sommer2026!")]
    [InlineData("pin=4711", "4711")]
    [InlineData("the code is 123456", "123456")]
    [InlineData("code 123 456 came", "123 456")]
    [InlineData("use AKIAIOSFODNN7EXAMPLE please", "AKIAIOSFODNN7EXAMPLE")]
    [InlineData("Authorization: Bearer abcdef0123456789", "abcdef0123456789")]
    [InlineData("xoxb-123-456-abcdef fails", "xoxb-123-456-abcdef")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY----- help", "MIIE")]
    [InlineData("link https://x.test/?sig=9f86d081884c7d659a2feaa0c55ad015a3bf4f1b", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b")]
    [InlineData("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc was refused", "eyJhbGciOiJIUzI1NiJ9")]
    [InlineData("my pw is Winter#24", "Winter#24")]
    [InlineData("password Sommer2026! does not work", "Sommer2026!")]
    [InlineData("Kennwort \"Herbst-24x\" wird nicht genommen", "Herbst-24x")]
    [InlineData("my password was correcthorse and it is refused", "correcthorse")]
    [InlineData("Login: bob Pass: tr0ub4dor", "tr0ub4dor")]
    [InlineData("mi contraseña es Verano2026", "Verano2026")]
    [InlineData("mon mot de passe est Soleil!9", "Soleil!9")]
    [InlineData("le mdp: azerty12", "azerty12")]
    [InlineData("git clone https://bob:hunter2@git.example.com/x fails", "hunter2")]
    [InlineData("Server=db1;User Id=app;Password=abc;Encrypt=true", "abc")]
    [InlineData("I ran deploy --password hunter2 --force", "hunter2")]
    [InlineData("connect -Token abc123def", "abc123def")]
    [InlineData("otpauth://totp/x?secret=JBSWY3DPEHPK3PXP", "JBSWY3DPEHPK3PXP")]
    [InlineData("bitlocker wants 123456-234567-345678-456789-567890-678901-789012-890123", "456789")]
    [InlineData("key VK7JG-NPHTM-C97JM-9MPGT-3V66T is refused", "9MPGT")]
    [InlineData("card 4111 1111 1111 1111 was charged", "1111 1111")]
    [InlineData("IBAN DE89 3704 0044 0532 0130 00", "3704 0044")]
    [InlineData("glpat-abcDEF123456789_xyz was revoked", "glpat-abcDEF123456789_xyz")]
    [InlineData("xapp-1-A0-12-abcd does not connect", "xapp-1-A0-12-abcd")]
    [InlineData("Cookie: sid=s3cr3t", "s3cr3t")]
    [InlineData("the code was 4711", "4711")]
    [InlineData("G-482913 is what I got, code: G-482913", "code: G-482913")]
    [InlineData("hash 8846f7eaee8fb117ad06bdd830b7586c", "8846f7eaee8fb117ad06bdd830b7586c")]
    [InlineData("my password is still Winter2024", "Winter2024")]
    [InlineData("password is now Sommer2026!", "Sommer2026")]
    [InlineData("Passwort ist jetzt Sommer2026!", "Sommer2026")]
    [InlineData("mein Kennwort ist immer noch Herbst#Wind", "Herbst")]
    [InlineData("password changed to Winter2024", "Winter2024")]
    [InlineData("I changed my password to Winter2024 and it fails", "Winter2024")]
    [InlineData("password was set to: 'Winter2024'", "Winter2024")]
    [InlineData("the password for bob is now tr0ub4dor", "tr0ub4dor")]
    [InlineData("mi contraseña es todavía Verano2026", "Verano2026")]
    [InlineData("mon mot de passe est toujours Soleil!9", "Soleil")]
    [InlineData("my pin 4711 does not work", "4711")]
    [InlineData("PIN code is still 471199", "471199")]
    public void What_looks_like_a_secret_is_gone(string text, string secret)
    {
        var prompt = PromptText.Of(text).Text;

        Assert.DoesNotContain(secret, prompt, StringComparison.Ordinal);
        Assert.Contains("[removed]", prompt, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("my password is expired")]
    [InlineData("my password is not accepted")]
    [InlineData("i forgot my password please reset it")]
    [InlineData("error 0x80070005 in outlook")]
    [InlineData("stop code MEMORY_MANAGEMENT, ticket INC-1044")]
    [InlineData("the token ring is old and the pin of the plug is bent")]
    [InlineData("access to \\\\files01\\finance for bob@example.com on 10.0.0.7")]
    [InlineData("Windows 11 24H2 on LT-40213")]
    [InlineData("the error code is 0x80070005")]
    [InlineData("Teams shows the code CAA20003 and error code: 80090030")]
    [InlineData("msi ends with exit code: 1603")]
    [InlineData("stop code: 0x0000007B after the update")]
    [InlineData("ticket 1044321 and incident number 204417 are about this")]
    [InlineData("INC0012345 and CHG-30443 are open")]
    [InlineData("my password is still the old one")]
    [InlineData("my password is too short, it says")]
    [InlineData("mein Passwort ist abgelaufen")]
    [InlineData("mein Kennwort ist seit heute ungültig")]
    [InlineData("mi contraseña es incorrecta")]
    [InlineData("mon mot de passe est expiré")]
    [InlineData("the password reset page is empty")]
    [InlineData("the secret is in the vault, the token is for teams")]
    [InlineData("the pin is on the card")]
    [InlineData("Kennwort vergessen, bitte zurücksetzen")]
    [InlineData("the drive G: is full since 2026-11-23 09:30")]
    [InlineData("build 10.0.22631.4460, KB5044284")]
    [InlineData("basic authentication was switched off")]
    [InlineData("access to FINANCE-READ-2 and DE-FRA-PRN-0042")]
    [InlineData("password is not working for 2 days")]
    [InlineData("my password is now expired!")]
    [InlineData("my password is still refused by office365")]
    [InlineData("reset the password for bob2@example.com")]
    [InlineData("the password was changed again for bob2@example.com")]
    [InlineData("the password on LT-40213 was reset in Windows11")]
    [InlineData("mein Passwort ist noch 14Tage gültig")]
    [InlineData("password is still 0x8007052e in the log")]
    [InlineData("Passwort auf LT-40213 vergessen")]
    [InlineData("please pin OPS-1044 to the channel")]
    [InlineData("mon mot de passe est toujours refusé")]
    public void What_is_needed_to_understand_stays(string text) => Assert.Equal(text, PromptText.Of(text).Text);

    [Fact]
    public void A_secret_at_the_very_end_is_not_cut_in_two()
    {
        var text = string.Concat(Enumerable.Repeat("word ", 397)) + "my password is hunter2 " + new string('x', 5_000);

        Assert.DoesNotContain("hunt", PromptText.Of(text).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("password is ")]
    [InlineData("-----BEGIN ")]
    [InlineData("1 1 1 1 1 1 1 1 ")]
    [InlineData("a1-a1/a1+a1=")]
    [InlineData("https://a:")]
    public void A_text_that_is_made_to_be_slow_is_not(string part) =>
        Assert.True(PromptText.Of(string.Concat(Enumerable.Repeat(part, 10_000))).Text.Length <= 2_000);

    [Fact]
    public void A_text_that_never_ends_is_cut() => Assert.Equal(2_000, PromptText.Of(new string('a', 1_000_000)).Text.Length);
}
