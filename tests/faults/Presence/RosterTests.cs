using System.Diagnostics;
using System.Text.Json;
using Switchboard.Faults.Presence;

namespace Switchboard.Faults.Tests.Presence;

public sealed class RosterTests
{
    private readonly LeaveBook _book = new();
    private readonly Roster _roster;

    public RosterTests()
    {
        _roster = new Roster(_book);
        Take(5, "a", "b");
    }

    [Fact]
    public void Apply_Left_IsInTheBookWithItsTime()
    {
        _book.Drop("a", 1000);
        Assert.Equal(1, _book.NeverLeft);
        Apply("""{"after":5,"version":6,"count":1,"left":["a"]}""", 1000 + (3 * Stopwatch.Frequency));
        Assert.False(_roster.Has("a"));
        Assert.Equal(0, _book.NeverLeft);
        Assert.Equal(TimeSpan.FromSeconds(3), _book.Longest);
    }

    [Fact]
    public void Apply_Joined_IsThere()
    {
        Apply("""{"after":5,"version":6,"count":3,"joined":[{"user":"u","connection":"c"}]}""");
        Assert.True(_roster.Has("c"));
    }

    [Fact]
    public void Apply_OldVersion_ChangesNothing()
    {
        Apply("""{"after":4,"version":5,"count":1,"left":["a"]}""");
        Assert.True(_roster.Has("a"));
        Assert.False(_book.HasLeft("a"));
    }

    [Fact]
    public void Apply_SomethingIsMissing_WantsASnapshot()
    {
        Apply("""{"after":7,"version":8,"count":1,"left":["a"]}""");
        Assert.False(_roster.IsCurrent);
        Assert.False(_book.HasLeft("a"));
    }

    [Fact]
    public void Take_SomebodyIsMissing_HasLeft()
    {
        Take(9, "b");
        Assert.True(_roster.IsCurrent);
        Assert.True(_book.HasLeft("a"));
        Assert.False(_book.HasLeft("b"));
    }

    [Fact]
    public void Longest_OneNeverLeft_CountsApart()
    {
        _book.Drop("a", 0);
        _book.Drop("b", 0);
        _book.Leave("b", 2 * Stopwatch.Frequency);
        Assert.Equal(2, _book.Dropped);
        Assert.Equal(1, _book.NeverLeft);
        Assert.Equal(TimeSpan.FromSeconds(2), _book.Longest);
    }

    private void Take(long version, params string[] connections)
    {
        var members = string.Join(',', connections.Select(each => $$"""{"user":"u","connection":"{{each}}"}"""));
        using var snapshot = JsonDocument.Parse(
            $$"""{"mode":"full","version":{{version}},"count":1,"members":[{{members}}]}""");
        _roster.Take(snapshot.RootElement, 0);
    }

    private void Apply(string change, long now = 0)
    {
        using var document = JsonDocument.Parse(change);
        _roster.Apply(document.RootElement, now);
    }
}
