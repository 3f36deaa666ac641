using Switchboard.Core.Feeds;
using Switchboard.Core.Tests.Testing;

namespace Switchboard.Core.Tests.Feeds;

public class EntryLogTests
{
    [Fact]
    public void Bytes_AreThoseOfTheEntriesThatWait()
    {
        var log = new EntryLog();
        for (int key = 1; key <= 6; key++)
        {
            log.Add(key, Some.Entry(key, bytes: key));
        }

        log.RemoveFirst();
        Assert.True(log.Remove(4));
        Assert.False(log.Remove(4));
        log.RemoveWhere(static entry => entry.Offset == 6);

        Assert.Equal(2 + 3 + 5, log.Bytes);
        Assert.Equal(3, log.Count);
        Assert.True(log.TryPeek(out FeedEntry? first));
        Assert.Equal(2, first.Offset);
        log.Clear();
        Assert.Equal(0, log.Bytes);
        Assert.False(log.TryPeek(out _));
    }
}
