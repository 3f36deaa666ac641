using Switchboard.Core.Backplane;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;
using Switchboard.GrainInterfaces.Rooms;
using Switchboard.Node.Cluster;
using Switchboard.Node.Connections;
using Switchboard.Node.Metrics;

namespace Switchboard.Node.Rooms;

/// <summary>
/// Makes the call that publishes a batch. Where the room does not know a sender that is a member according to this
/// edge, the sender's connection is claimed, and just those messages are published once more.
/// </summary>
internal sealed class RoomCaller(Inboxes inboxes, Claims claims, HeldConnections held, NodeMetrics metrics)
{
    /// <summary>The answer to a message that the room does not take yet, or of which it is not known whether it was taken.</summary>
    public static readonly PublishResult Lost = new(BackplaneStatus.NotYetClaimed, default, false);

    /// <inheritdoc cref="Inboxes.TurnAsync"/>
    public Task TurnAsync(RoomName room) => inboxes.TurnAsync(room);

    /// <summary>One answer for each message; null where all are <see cref="Lost"/>.</summary>
    /// <param name="room">The room.</param>
    /// <param name="batch">The messages.</param>
    /// <param name="trace">The span that the call is part of; null for none.</param>
    /// <param name="traced">Which of the messages it is of.</param>
    public async ValueTask<PublishResult[]?> PublishAsync(RoomName room, PendingPublish[] batch, string? trace, int traced)
    {
        PublishResult[]? results = await CallAsync(room, new PublishBatch
        {
            Publications = [.. batch.Select(static pending => pending.Publication)],
            Trace = trace,
            Traced = trace is null ? 0 : traced,
        });
        if (results is null || !Array.Exists(results, static result => result.Status == BackplaneStatus.NotJoined))
        {
            return results;
        }

        return await PublishAgainAsync(room, batch, results);
    }

    private async ValueTask<PublishResult[]> PublishAgainAsync(RoomName room, PendingPublish[] batch, PublishResult[] results)
    {
        Dictionary<ConnectionId, ClaimOutcome> outcomes = await ClaimAsync(room, batch, results);
        List<int> again = [];
        for (int i = 0; i < batch.Length; i++)
        {
            if (results[i].Status != BackplaneStatus.NotJoined
                || batch[i].Publication.Sender is not { } sender
                || !outcomes.TryGetValue(sender.Connection, out ClaimOutcome outcome))
            {
                continue;
            }

            if (outcome == ClaimOutcome.Held)
            {
                again.Add(i);
            }
            else if (outcome == ClaimOutcome.Away)
            {
                results[i] = Lost;
            }
        }

        if (again.Count == 0)
        {
            return results;
        }

        PublishResult[]? second = await CallAsync(
            room, new PublishBatch { Publications = [.. again.Select(index => batch[index].Publication)] });
        for (int i = 0; i < again.Count; i++)
        {
            // A silo that is cut off from the others may still be reached from here, and does not know what they do.
            results[again[i]] = second is null || IsUnknown(room, batch[again[i]], second[i]) ? Lost : second[i];
        }

        return results;
    }

    private async ValueTask<Dictionary<ConnectionId, ClaimOutcome>> ClaimAsync(
        RoomName room, PendingPublish[] batch, PublishResult[] results)
    {
        Dictionary<ConnectionId, Task<ClaimOutcome>> claimed = [];
        for (int i = 0; i < batch.Length; i++)
        {
            if (IsUnknown(room, batch[i], results[i])
                && batch[i].Publication.Sender is { } sender
                && !claimed.ContainsKey(sender.Connection))
            {
                claimed.Add(sender.Connection, claims.ClaimAsync(sender.Connection).AsTask());
            }
        }

        await Task.WhenAll(claimed.Values);
        return claimed.ToDictionary(static one => one.Key, static one => one.Value.Result);
    }

    // The room does not know a sender that is a member.
    private bool IsUnknown(RoomName room, PendingPublish pending, in PublishResult result) =>
        result.Status == BackplaneStatus.NotJoined
        && pending.Publication.Sender is { } sender
        && held.IsMember(sender.Connection, room);

    private async ValueTask<PublishResult[]?> CallAsync(RoomName room, PublishBatch batch)
    {
        try
        {
            PublishAnswer answer = await inboxes.PublishAsync(room, batch);
            return answer.Results;
        }
        catch (Exception e) when (ClusterFaults.IsAway(e))
        {
            metrics.CallFailed(e);
            return null;
        }
    }
}
