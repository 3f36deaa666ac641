using Switchboard.Core.Feeds;
using Switchboard.Core.Rooms.Logic;
using Switchboard.Core.Tests.Testing;

namespace Switchboard.Core.Tests.Rooms.Logic;

public class VerdictWindowTests
{
    private readonly VerdictWindow _window = new(2);

    [Fact]
    public void Find_AKeyOfTheSameUser_IsWhatWasDecided()
    {
        _window.Add(Message("a"), InputVerdict.Consume);

        Assert.True(_window.TryFind(Message("a"), out InputVerdict verdict));
        Assert.Equal(InputVerdict.Consume, verdict);
        Assert.False(_window.TryFind(Message("a") with { Sender = new Sender(Some.Bob, Some.BobsPhone) }, out _));
    }

    [Fact]
    public void Find_WithoutAKey_FindsNothing()
    {
        _window.Add(Message(null), InputVerdict.Consume);

        Assert.False(_window.TryFind(Message(null), out _));
    }

    [Fact]
    public void Add_BeyondTheCapacity_ForgetsTheOldest()
    {
        _window.Add(Message("a"), InputVerdict.Accept);
        _window.Add(Message("b"), InputVerdict.Accept);
        _window.Add(Message("c"), InputVerdict.Accept);

        Assert.False(_window.TryFind(Message("a"), out _));
        Assert.True(_window.TryFind(Message("b"), out _));
    }

    private static Publication Message(string? key) =>
        Some.Reliable("text") with { Key = key, Sender = new Sender(Some.Ann, Some.AnnsPhone) };
}
