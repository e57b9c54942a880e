using ItOps.Bot.Accounts;

namespace ItOps.Bot.Core.Tests.Accounts;

public sealed class ObjectIdTests
{
    [Theory]
    [InlineData("directory/A1", "directory", "A1")]
    [InlineData("cloud/a/b", "cloud", "a/b")]
    public void An_object_id_reads_back_what_it_prints(string text, string system, string objectId)
    {
        Assert.Equal(new AccountId(system, objectId), AccountId.Parse(text));
        Assert.Equal(text, GroupId.Parse(text)!.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("directory")]
    [InlineData("directory/")]
    [InlineData("/A1")]
    public void Half_an_object_id_is_none(string? text)
    {
        Assert.Null(AccountId.Parse(text));
        Assert.Null(GroupId.Parse(text));
    }
}
