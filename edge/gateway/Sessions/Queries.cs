using System.Text;
using Switchboard.Core.Backplane;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;
using Switchboard.Gateway.Fanout;
using Switchboard.Gateway.Identity.Grants;
using Switchboard.Protocol.Envelope;
using Switchboard.Protocol.Envelope.Commands;
using Switchboard.Protocol.Envelope.Events;

namespace Switchboard.Gateway.Sessions;

/// <summary>Carries out what only asks: history, presence, ping.</summary>
internal sealed class Queries(IBackplane backplane, TimeProvider time)
{
    public ValueTask Ping(ClientSession session, in Command command)
    {
        session.Writer.Write(
            new PongEvent(command.Id, time.GetUtcNow().ToUnixTimeMilliseconds()),
            static (codec, output, pong) => codec.Encode(output, pong));
        return default;
    }

    public ValueTask PresenceAsync(ClientSession session, in Command command) => session.Refuses(command, Capability.Presence)
        ? default
        : AnswerPresenceAsync(session, command.Id, new RoomName(Encoding.UTF8.GetString(command.Room)));

    public ValueTask HistoryAsync(ClientSession session, in Command command)
    {
        if (command.Feed == FeedScope.Room && session.Refuses(command, Capability.History))
        {
            return default;
        }

        FeedId feed = command.Feed switch
        {
            FeedScope.Room => new FeedId(FeedKind.Room, Encoding.UTF8.GetString(command.Room)),
            FeedScope.User => FeedId.Of(session.User),
            _ => FeedId.Of(session.Id),
        };
        HistoryQuery query = new(command.Position?.ToCore(), command.NewestFirst, command.Limit);
        return AnswerHistoryAsync(session, command.Id, feed, query);
    }

    private async ValueTask AnswerPresenceAsync(ClientSession session, long id, RoomName room)
    {
        PresenceResult result = await backplane.PresenceAsync(session.Id, room);
        if (result.Status != BackplaneStatus.Ok)
        {
            session.WriteError(SessionErrors.For(result.Status, id, room.Value));
            return;
        }

        session.Writer.Write(
            new PresenceEvent(id, room.Value, result.Presence!.ToWire()),
            static (codec, output, presence) => codec.Encode(output, presence));
    }

    private async ValueTask AnswerHistoryAsync(ClientSession session, long id, FeedId feed, HistoryQuery query)
    {
        HistoryResult result = await backplane.ReadAsync(session.Id, feed, query);
        if (result.Status != BackplaneStatus.Ok)
        {
            string? room = feed.Kind == FeedKind.Room ? feed.Owner : null;
            session.WriteError(SessionErrors.For(result.Status, id, room));
            return;
        }

        FeedMessage[] messages = [.. result.Entries.Select(WireMapping.ToMessage)];
        session.Writer.Write(
            new HistoryEvent(id, feed.ToWire(), result.Head.ToWire(), messages, result.More),
            static (codec, output, history) => codec.Encode(output, history));
    }
}
