using System.Collections.Concurrent;
using System.Threading.Channels;
using Switchboard.Core.Backplane;
using Switchboard.Core.Connections;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;
using Switchboard.Core.Rooms;
using Switchboard.Core.Tests.Testing;

namespace Switchboard.Core.Tests.InProcess;

/// <summary>Writes down every call as a line, and checks that those for one feed come one at a time.</summary>
internal sealed class RecordingEdge : IEdge
{
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
    private readonly ConcurrentDictionary<FeedId, byte> _busy = new();

    /// <summary>Runs within each call, before it is written down.</summary>
    public Action<string>? OnCall { get; set; }

    public int Overlaps { get; private set; }

    public void Deliver(FeedId feed, Epoch epoch, IReadOnlyList<FeedEntry> entries) => Record(feed, () =>
        entries.Select(entry => $"{feed.Kind} {feed.Owner}: {entry.Offset} {entry.Text()}"));

    public void Lost(FeedId feed, Position now) =>
        Record(feed, () => [$"{feed.Kind} {feed.Owner}: lost up to {now.Offset}"]);

    public void Presence(RoomName room, PresenceChange change) => Record(FeedId.Of(room), () =>
        [$"Presence {room}: {change.After}-{change.Version} count {change.Count}"]);

    public void Disconnect(ConnectionId connection, long attachment, DisconnectReason reason) =>
        Record(null, () => [$"Disconnect {attachment} {reason}"]);

    /// <summary>The next lines, in the order of the calls; waits for them.</summary>
    public async Task<string[]> NextAsync(int count, string phase)
    {
        var lines = new List<string>();
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        try
        {
            while (lines.Count < count)
            {
                lines.Add(await _lines.Reader.ReadAsync(deadline.Token));
            }
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"{phase}: got only [{string.Join(", ", lines)}]");
        }

        return [.. lines];
    }

    /// <summary>What was written down and not read yet.</summary>
    public string[] Rest()
    {
        var lines = new List<string>();
        while (_lines.Reader.TryRead(out string? line))
        {
            lines.Add(line);
        }

        return [.. lines];
    }

    private void Record(FeedId? feed, Func<IEnumerable<string>> describe)
    {
        if (feed is { } one && !_busy.TryAdd(one, 0))
        {
            Overlaps++;
        }

        try
        {
            foreach (string line in describe())
            {
                OnCall?.Invoke(line);
                _lines.Writer.TryWrite(line);
            }
        }
        finally
        {
            if (feed is { } done)
            {
                _busy.TryRemove(done, out _);
            }
        }
    }
}
