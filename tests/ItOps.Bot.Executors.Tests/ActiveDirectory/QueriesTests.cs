using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using ItOps.Bot.Executors.ActiveDirectory.Queries;
using ItOps.Bot.Testing;

namespace ItOps.Bot.Executors.Tests.ActiveDirectory;

/// <summary>Text of people in filters and names: it never becomes a part of their grammar (I5).</summary>
public sealed class QueriesTests
{
    [Theory]
    [InlineData("alice", "(cn=alice)")]
    [InlineData("*", @"(cn=\2a)")]
    [InlineData(@"\2a", @"(cn=\5c2a)")]
    [InlineData("a)(objectClass=*", @"(cn=a\29\28objectClass=\2a)")]
    [InlineData("a\0b\n", @"(cn=a\00b\0a)")]
    [InlineData("Zoë", @"(cn=Zo\c3\ab)")]
    [InlineData("a&b|c!d", @"(cn=a\26b\7cc\21d)")]
    public void A_value_is_written_by_bytes_where_the_grammar_could_mind(string value, string filter) =>
        Assert.Equal(filter, LdapFilter.Is("cn", value).ToString());

    [Fact]
    public void Filters_are_put_together_from_parts()
    {
        var filter = LdapFilter.All(LdapFilter.Is("a", "1"), LdapFilter.Any(LdapFilter.Not(LdapFilter.HasBits("b", 2)), LdapFilter.InChain("c", "CN=x,DC=y")), LdapFilter.Present("d"));

        Assert.Equal("(&(a=1)(|(!(b:1.2.840.113556.1.4.803:=2))(c:1.2.840.113556.1.4.1941:=CN=x,DC=y))(d=*))", filter.ToString());
        Assert.Equal("(!(objectClass=*))", LdapFilter.Any().ToString());
        Assert.Equal(@"(objectSid=\01\02\00\00)", LdapFilter.Is("objectSid", [1, 2, 0, 0]).ToString());
    }

    [Fact]
    public void Whatever_the_value_is_it_reads_back_as_itself_and_holds_nothing_of_the_grammar() =>
        Prop.ForAll<string?>(text =>
        {
            var escaped = LdapFilter.Escape(text ?? "");
            Assert.DoesNotContain(escaped, c => c is '*' or '(' or ')' or '\0' or '&' or '|' or '!' or '<' or '>' or ':' or '~' || c > 126 || c < ' ');
            Assert.Equal(Encoding.UTF8.GetBytes(text ?? ""), Unescape(escaped));
        }).Holds();

    [Fact]
    public void Whatever_the_value_is_a_name_with_it_lies_where_it_should_and_nowhere_else() =>
        Prop.ForAll<string?>(text =>
        {
            if (string.IsNullOrEmpty(text))
                return;
            var name = DistinguishedName.Parse($"CN={DistinguishedName.Escape(text)},OU=Staff,DC=lab,DC=example");
            Assert.True(name!.IsWithin(DistinguishedName.Parse("OU=Staff,DC=lab,DC=example")!));
            Assert.False(name.IsWithin(DistinguishedName.Parse("OU=Other,DC=lab,DC=example")!));
            Assert.False(DistinguishedName.Parse("OU=Staff,DC=lab,DC=example")!.IsWithin(name));
        }).Holds();

    [Theory]
    [InlineData("CN=a,OU=Staff,DC=lab", "OU=Staff,DC=lab", true)]
    [InlineData("cn=a, ou=staff, dc=LAB", "OU=Staff,DC=lab", true)]
    [InlineData("OU=Staff,DC=lab", "OU=Staff,DC=lab", true)]
    [InlineData("CN=a,OU=MyStaff,DC=lab", "OU=Staff,DC=lab", false)]
    [InlineData(@"CN=a\,OU=Staff,DC=lab", "OU=Staff,DC=lab", false)]
    [InlineData(@"CN=a\2COU\3DStaff,DC=lab", "OU=Staff,DC=lab", false)]
    [InlineData(@"CN=a\\,OU=Staff,DC=lab", "OU=Staff,DC=lab", true)]
    [InlineData("CN=a,OU=Staff,DC=lab,DC=evil", "OU=Staff,DC=lab", false)]
    [InlineData("DC=lab", "OU=Staff,DC=lab", false)]
    public void One_place_lies_in_another_by_whole_parts(string name, string place, bool isWithin) =>
        Assert.Equal(isWithin, DistinguishedName.Parse(name)!.IsWithin(DistinguishedName.Parse(place)!));

    [Theory]
    [InlineData("")]
    [InlineData("Staff")]
    [InlineData("OU=")]
    [InlineData("OU=Staff,")]
    [InlineData(",DC=lab")]
    [InlineData("<GUID=00000000-0000-0000-0000-000000000000>")]
    [InlineData(@"OU=Staff\")]
    [InlineData("OU=a;DC=b")]
    public void What_is_no_name_is_none(string text) => Assert.Null(DistinguishedName.Parse(text));

    [Theory]
    [InlineData("9ca0c965-07a0-4f1c-8ae2-d8a67b72d310", "<GUID=9ca0c965-07a0-4f1c-8ae2-d8a67b72d310>")]
    [InlineData("9CA0C965-07A0-4F1C-8AE2-D8A67B72D310", null)]
    [InlineData("{9ca0c965-07a0-4f1c-8ae2-d8a67b72d310}", null)]
    [InlineData("9ca0c96507a04f1c8ae2d8a67b72d310", null)]
    [InlineData(" 9ca0c965-07a0-4f1c-8ae2-d8a67b72d310", null)]
    [InlineData("9ca0c965-07a0-4f1c-8ae2-d8a67b72d310>", null)]
    public void An_id_is_written_in_one_way_only(string id, string? name) => Assert.Equal(name, ObjectName.Of(id));

    [Theory]
    [InlineData("<GUID=9ca0c965-07a0-4f1c-8ae2-d8a67b72d310>;<SID=S-1-5-21-1>;CN=a>;b,DC=lab", "9ca0c965-07a0-4f1c-8ae2-d8a67b72d310")]
    [InlineData("CN=a,DC=lab", null)]
    [InlineData("<GUID=", null)]
    [InlineData(null, null)]
    public void An_extended_name_tells_the_id(string? name, string? id) => Assert.Equal(id, Entry.GuidIn(name));

    [Fact]
    public void Well_known_groups_have_their_well_known_identifiers()
    {
        byte[] domain = [1, 4, 0, 0, 0, 0, 0, 5, 21, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0];

        Assert.Equal("01020000000000052000000020020000", Convert.ToHexString(SecurityId.Builtin(544)));
        Assert.Equal("010500000000000515000000" + "010000000200000003000000" + "00020000", Convert.ToHexString(SecurityId.InDomain(domain, 512)));
        Assert.Equal(512u, SecurityId.RelativeId(SecurityId.InDomain(domain, 512)));
    }

    private static byte[] Unescape(string escaped)
    {
        var bytes = new List<byte>();
        for (var i = 0; i < escaped.Length; i++)
        {
            if (escaped[i] != '\\')
            {
                bytes.Add((byte)escaped[i]);
                continue;
            }

            bytes.Add(byte.Parse(escaped.AsSpan(i + 1, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
            i += 2;
        }

        return [.. bytes];
    }
}
