using Switchboard.Contract.Harness;
using Switchboard.Core.Feeds;

namespace Switchboard.Cluster.Tests.Rig;

/// <summary>Holds what members received against what publishers were told.</summary>
internal static class Received
{
    /// <summary>
    /// Every acknowledged message arrived once, at its position, in the order of positions, and nothing else did; and
    /// nothing was told to be lost.
    /// </summary>
    public static async Task ExactlyAsync(FeedReceiver receiver, params Publisher[] publishers)
    {
        (string Text, Position Position)[] expected =
        [
            .. publishers.SelectMany(publisher => publisher.Acknowledged).OrderBy(message => message.Position.Offset),
        ];
        await receiver.ThroughAsync(expected[^1].Text, "the last acknowledged message");
        Assert.Empty(receiver.Losses);
        string[] acknowledged = [.. expected.Select(message => $"{message.Position.Offset} {message.Text}")];
        string[] received = [.. receiver.Entries.Select(entry => $"{entry.Offset} {entry.Text()}")];
        Assert.Equal([], received.Except(acknowledged));
        Assert.Equal(acknowledged, received);
        Assert.All(expected, message => Assert.Equal(receiver.Position.Epoch, message.Position.Epoch));
    }
}
