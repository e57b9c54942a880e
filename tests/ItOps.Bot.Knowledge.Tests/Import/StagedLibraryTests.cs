using ItOps.Bot.Knowledge.Import;
using ItOps.Bot.Runbooks;

namespace ItOps.Bot.Knowledge.Tests.Import;

/// <summary>An import on the disk: all of it, or nothing, whatever happens in between.</summary>
public sealed class StagedLibraryTests : IDisposable
{
    private readonly TemporaryFolder _disk = new();

    private string Library => Path.Combine(_disk.Path, "runbooks");

    public StagedLibraryTests()
    {
        _disk.Write("runbooks/kitchen/coffee_machine.md", Bundles.Runbook());
        _disk.Write("runbooks/kitchen/coffee_machine/scripts/old.sh", "# Reads: nothing\n");
        _disk.Write("runbooks/kitchen/tea.md", "tea");
    }

    public void Dispose() => _disk.Dispose();

    [Fact]
    public void A_new_version_takes_the_place_of_everything_that_belonged_to_the_old_one()
    {
        using (var staged = StagedLibrary.Of(Library))
        {
            staged.Put(Whole(2));
            Assert.Contains("version: 1", File.ReadAllText(Path.Combine(Library, "kitchen/coffee_machine.md")), StringComparison.Ordinal);
            staged.TakeEffect();
        }

        Assert.Equal(["kitchen/coffee_machine.md", "kitchen/coffee_machine/scripts/new.sh", "kitchen/tea.md"], Files());
        Assert.Contains("version: 2", File.ReadAllText(Path.Combine(Library, "kitchen/coffee_machine.md")), StringComparison.Ordinal);
        Assert.Equal(["runbooks"], Directory.EnumerateFileSystemEntries(_disk.Path).Select(Path.GetFileName));
    }

    [Fact]
    public void A_runbook_that_is_new_comes_with_its_category()
    {
        Directory.Delete(Path.Combine(Library, "kitchen"), recursive: true);
        using (var staged = StagedLibrary.Of(Library))
        {
            staged.Put(Whole(1));
            staged.TakeEffect();
        }

        Assert.Equal(["kitchen/coffee_machine.md", "kitchen/coffee_machine/scripts/new.sh"], Files());
    }

    [Fact]
    public void What_does_not_take_effect_leaves_nothing_behind()
    {
        using (var staged = StagedLibrary.Of(Library))
            staged.Put(Whole(2));

        Assert.Equal(["kitchen/coffee_machine.md", "kitchen/coffee_machine/scripts/old.sh", "kitchen/tea.md"], Files());
        Assert.Equal(["runbooks"], Directory.EnumerateFileSystemEntries(_disk.Path).Select(Path.GetFileName));
    }

    [Fact]
    public void Where_the_machine_stopped_in_between_the_next_import_puts_the_old_folder_back()
    {
        Directory.Move(Library, Library + ".replaced");
        _disk.Write("runbooks.importing/kitchen/half.md", "half");

        StagedLibrary.Of(Library).Dispose();

        Assert.Equal(["kitchen/coffee_machine.md", "kitchen/coffee_machine/scripts/old.sh", "kitchen/tea.md"], Files());
        Assert.Equal(["runbooks"], Directory.EnumerateFileSystemEntries(_disk.Path).Select(Path.GetFileName));
    }

    [Fact]
    public void Two_imports_at_once_are_one_too_many()
    {
        using var first = StagedLibrary.Of(Library);
        Assert.Throws<IOException>(() => StagedLibrary.Of(Library));
    }

    [Fact]
    public void Nothing_is_written_under_a_name_that_leads_elsewhere()
    {
        Assert.Throws<InvalidOperationException>(() => StagedLibrary.Write(Library, [Bundles.File("../outside.md", "x")]));
        Assert.False(File.Exists(Path.Combine(_disk.Path, "outside.md")));
    }

    [Fact]
    public void Links_and_large_files_of_a_folder_are_refused_unread()
    {
        File.CreateSymbolicLink(Path.Combine(Library, "kitchen", "passwd.md"), "/etc/passwd");
        Directory.CreateSymbolicLink(Path.Combine(Library, "etc"), "/etc");
        using (var large = File.Create(Path.Combine(Library, "kitchen", "large.md")))
            large.SetLength(50L * 1024 * 1024);

        var problems = BundleSource.Read(Library).Problems.Select(p => p.ToString()).ToList();

        Assert.Contains(problems, p => p.StartsWith("kitchen/passwd.md:1: is a symbolic link", StringComparison.Ordinal));
        Assert.Contains(problems, p => p.StartsWith("etc:1: is a symbolic link", StringComparison.Ordinal));
        Assert.Contains("kitchen/large.md:1: the file has 51200 KiB, and 256 KiB are the most; shorten it", problems);
        Assert.Equal(3, problems.Count);
    }

    private IEnumerable<string> Files() =>
        Directory.EnumerateFiles(Library, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(Library, f).Replace('\\', '/')).Order(StringComparer.Ordinal);

    private static BundledRunbook Whole(int version) => Assert.Single(Bundles.Read(
        Bundles.File("kitchen/coffee_machine.md", Bundles.Runbook(version: version)), Bundles.File("kitchen/coffee_machine/scripts/new.sh", "# Reads: nothing\n")).Runbooks);
}
