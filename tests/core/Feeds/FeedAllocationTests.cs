using Switchboard.Core.Feeds;
using Switchboard.Core.Tests.Testing;

namespace Switchboard.Core.Tests.Feeds;

public class FeedAllocationTests
{
    private const int EntryBytes = 72;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Append_ToAFullHistory_AllocatesTheEntryAlone(bool keyed)
    {
        string[] keys = [.. Enumerable.Range(0, 1000).Select(i => $"key-{i}")];
        var feed = new Feed(new FeedOptions { MaxCount = 100, MaxKeys = 100 }, Some.Epoch);
        Append();
        Append();

        long before = GC.GetAllocatedBytesForCurrentThread();
        Append();
        long bytes = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(keys.Length * EntryBytes, bytes);

        void Append()
        {
            Publication publication = Some.Reliable();
            foreach (string key in keys)
            {
                feed.Append(publication with { Key = keyed ? key : null }, 0);
            }
        }
    }

    [Fact]
    public void Append_OfAKeyThatIsKnown_AllocatesNothing()
    {
        var feed = new Feed(new FeedOptions(), Some.Epoch);
        Publication publication = Some.Reliable(key: "key");
        feed.Append(publication, 0);
        feed.Append(publication, 0);

        long before = GC.GetAllocatedBytesForCurrentThread();
        feed.Append(publication, 0);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
