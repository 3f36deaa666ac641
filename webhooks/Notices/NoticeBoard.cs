using Switchboard.Core.Backplane;
using Switchboard.Core.Identifiers;
using Switchboard.Webhooks.Sending;

namespace Switchboard.Webhooks.Notices;

/// <summary>Hears of what happens to connections and rooms, and has it told to whom it concerns.</summary>
internal sealed class NoticeBoard(
    IReadOnlyList<NoticeSender> senders, IRandomSource random, TimeProvider time) : IBackplaneObserver
{
    public void OnConnected(ConnectionId connection, UserName user) =>
        Tell(WebhookEvent.Connected, connection, user, cause: null);

    public void OnDisconnected(ConnectionId connection, UserName user, DisconnectCause cause) =>
        Tell(WebhookEvent.Disconnected, connection, user, cause);

    public void OnOccupied(RoomName room) => Tell(WebhookEvent.Occupied, room);

    public void OnVacated(RoomName room) => Tell(WebhookEvent.Vacated, room);

    private void Tell(WebhookEvent what, ConnectionId connection, UserName user, DisconnectCause? cause)
    {
        Notice? notice = null;
        foreach (NoticeSender sender in senders)
        {
            if (sender.Endpoint.Wants(what))
            {
                notice ??= new Notice(
                    what,
                    connection.Value,
                    MessageId.Create(random),
                    NoticeWriter.Write(what, time.GetUtcNow(), connection, user, cause));
                sender.Add(notice);
            }
        }
    }

    private void Tell(WebhookEvent what, RoomName room)
    {
        Notice? notice = null;
        foreach (NoticeSender sender in senders)
        {
            if (sender.Endpoint.Wants(what, room.Value))
            {
                notice ??= new Notice(
                    what, room.Value, MessageId.Create(random), NoticeWriter.Write(what, time.GetUtcNow(), room));
                sender.Add(notice);
            }
        }
    }
}
