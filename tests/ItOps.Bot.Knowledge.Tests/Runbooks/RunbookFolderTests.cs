using ItOps.Bot.Knowledge.Runbooks;

namespace ItOps.Bot.Knowledge.Tests.Runbooks;

public sealed class RunbookFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_broken_file_is_named_and_the_others_are_read()
    {
        _folder.Write("access/unlock_it.md", RunbookText.Good);
        _folder.Write("access/broken.md", "nothing here");

        var read = RunbookFolder.Read(_folder.Path);

        Assert.Equal("unlock_it", Assert.Single(read.ToCatalog().All).Id);
        Assert.StartsWith("access/broken.md:1: ", Assert.Single(read.Problems).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Scripts_beside_the_runbook_are_known_by_their_path()
    {
        _folder.Write("access/unlock_it.md", RunbookText.Good);
        _folder.Write("access/unlock_it/scripts/look.sh", "#!/bin/sh\n");

        Assert.Equal("scripts/look.sh", Assert.Single(Assert.Single(RunbookFolder.Read(_folder.Path).Sources).Scripts));
    }

    [Fact]
    public void The_second_file_with_an_id_is_refused()
    {
        _folder.Write("access/unlock_it.md", RunbookText.Good);
        _folder.Write("network/unlock_it.md", RunbookText.Good);

        var read = RunbookFolder.Read(_folder.Path);

        Assert.Single(read.Sources);
        Assert.Contains("network/unlock_it.md:2: the id 'unlock_it' is taken by access/unlock_it.md", Assert.Single(read.Problems).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Links_lead_nowhere()
    {
        using var outside = new TemporaryFolder();
        var secret = outside.Write("access/unlock_it.md", RunbookText.Good);
        Directory.CreateDirectory(Path.Combine(_folder.Path, "access"));
        File.CreateSymbolicLink(Path.Combine(_folder.Path, "access", "unlock_it.md"), secret);
        Directory.CreateSymbolicLink(Path.Combine(_folder.Path, "outside"), Path.Combine(outside.Path, "access"));

        var read = RunbookFolder.Read(_folder.Path);

        Assert.Empty(read.Sources);
        Assert.Equal(["access/unlock_it.md:1", "outside:1"], read.Problems.Select(p => $"{p.File}:{p.Line}").Order(StringComparer.Ordinal));
        Assert.All(read.Problems, p => Assert.Contains("symbolic link", p.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void A_runbook_outside_of_a_category_is_named()
    {
        _folder.Write("unlock_it.md", RunbookText.Good);
        Assert.Contains("lies in the folder of its category", Assert.Single(RunbookFolder.Read(_folder.Path).Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_is_missing_is_a_problem_and_no_crash() =>
        Assert.Contains("there is no such folder", Assert.Single(RunbookFolder.Read(Path.Combine(_folder.Path, "none")).Problems).Message, StringComparison.Ordinal);
}
