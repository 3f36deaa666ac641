using Switchboard.Core.Backplane;
using Switchboard.GrainInterfaces.Rooms;

namespace Switchboard.Grains.Servers;

/// <summary>A room, as the server has it: it need not be a member.</summary>
public sealed class ServerRoom
{
    private static readonly PublishResult Away = new(BackplaneStatus.Unavailable, default, false);

    private readonly IRoomGrain _room;

    internal ServerRoom(IRoomGrain room) => _room = room;

    /// <summary>
    /// Publishes to the members, past the room's logic. While a member's edge can't keep up, this takes up to a second longer.
    /// </summary>
    /// <returns>
    /// Ok with the position; PayloadTooLarge; Refused where slot or key are no such; or Unavailable, with an unknown outcome: it may be
    /// tried again, with the same key.
    /// </returns>
    public async ValueTask<PublishResult> PublishAsync(ServerMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        try
        {
            PublishAnswer answer = await _room.PublishAsync(new PublishBatch { Publications = [message.ToPublication()] });
            return answer.Results[0];
        }
        catch (Exception exception) when (ClusterFault.Is(exception))
        {
            return Away;
        }
    }

    /// <summary>Shows the room and a page of its members: Ok, NoSuchRoom or Unavailable.</summary>
    /// <param name="after">Only members whose connection's id is behind this; null for all.</param>
    /// <param name="limit">How many at most, from 0.</param>
    public async ValueTask<RoomView> InspectAsync(string? after = null, int limit = 100)
    {
        try
        {
            return await _room.InspectAsync(after, limit);
        }
        catch (Exception exception) when (ClusterFault.Is(exception))
        {
            return RoomView.Refuse(BackplaneStatus.Unavailable);
        }
    }

    /// <summary>Reads a page of the history: Ok, NoSuchRoom, PositionUnknown or Unavailable.</summary>
    public async ValueTask<HistoryResult> ReadAsync(HistoryQuery query)
    {
        try
        {
            return await _room.ReadForServerAsync(query);
        }
        catch (Exception exception) when (ClusterFault.Is(exception))
        {
            return new HistoryResult(BackplaneStatus.Unavailable, default, [], false);
        }
    }
}
