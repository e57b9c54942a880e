using ItOps.Bot.Knowledge.Embedded.Language;

namespace ItOps.Bot.Knowledge.Tests.Embedded;

/// <summary>What words mean apart from any runbook.</summary>
public sealed class VocabularyTests
{
    [Theory]
    [InlineData("printer", "printer", "Drucker", "impresora", "imprimante", "spooler")]
    [InlineData("password", "password", "Kennwort", "contraseña", "mot de passe", "pwd")]
    [InlineData("locked", "locked", "gesperrt", "la cuenta está bloqueada", "le compte est verrouillé", "locked out")]
    [InlineData("slow", "slow", "langsam", "muy lento", "très lente", "takes forever")]
    [InlineData("bluescreen", "blue screen", "Bluescreen", "pantallazo azul", "écran bleu", "0x0000007E", "CRITICAL_PROCESS_DIED", "IRQL_NOT_LESS_OR_EQUAL")]
    [InlineData("bounce", "bounced", "unzustellbar", "rebotó", "non distribué", "550 5.7.1 error")]
    [InlineData("vpn", "AnyConnect", "GlobalProtect", "forticlient", "error 809")]
    [InlineData("onedrive", "OneDrive", "0x8004de40")]
    [InlineData("printer", "0x0000011b")]
    [InlineData("login", "AADSTS50076", "logging in", "Anmeldung", "inicio de sesión")]
    [InlineData("certificate", "ERR_CERT_DATE_INVALID", "Zertifikat", "certificado")]
    [InlineData("not", "can't", "kein", "ningún", "aucun")]
    public void Words_of_four_languages_and_codes_meet_in_one_meaning(string meaning, params string[] texts) =>
        Assert.All(texts, text => Assert.Contains(Read(text), r => r.Meaning == meaning));

    [Theory]
    [InlineData("the hard drive", "drive")]
    [InlineData("a wireless mouse", "wifi")]
    [InlineData("room 809", "vpn")]
    [InlineData("the red light", "network")]
    [InlineData("Salesforce", "sap")]
    public void What_only_looks_alike_does_not_meet(string text, string meaning) => Assert.DoesNotContain(Read(text), r => r.Meaning == meaning);

    [Fact]
    public void Every_kind_that_is_named_is_a_meaning_or_a_name_of_its_own()
    {
        foreach (var product in (string[])["excel", "powerpoint", "photoshop", "chrome"])
            Assert.Contains("application", Vocabulary.Default.Find(product)!.Kinds);
    }

    [Theory]
    [InlineData("Hi Tom, my vpn is slow. Thanks in advance. Best regards, Ann Printer", "vpn")]
    [InlineData("From: a@b.example\nSubject: vpn is slow", "vpn")]
    [InlineData("Hola Ana, la vpn va lenta. Saludos, Impresora", "vpn")]
    public void Greetings_headers_and_signatures_say_nothing(string text, string meaning)
    {
        var read = Vocabulary.Default.Read(Tokenizer.Tokens(Boilerplate.Without(text)));
        Assert.Contains(read, r => r.Meaning == meaning);
        Assert.DoesNotContain(read, r => r.Meaning == "printer");
    }

    [Theory]
    [InlineData("my vpn is slow")]
    [InlineData("regards")]
    [InlineData("hello")]
    public void What_is_no_boilerplate_stays(string text) => Assert.Equal(text, Boilerplate.Without(text));

    [Theory]
    [InlineData("slooooow", "sloow")]
    [InlineData("Größe", "groesse")]
    [InlineData("contraseña", "contrasena")]
    public void Spellings_of_one_word_are_folded_together(string text, string folded) => Assert.Equal(folded, Folding.Fold(text));

    private static List<Reading> Read(string text) => Vocabulary.Default.Read(Tokenizer.Tokens(text));
}
