using Switchboard.Client.Wire;

namespace Switchboard.Client.Session;

/// <summary>Takes the tokens that the program has given, for the connection or for a room, to where they belong.</summary>
internal sealed class SessionTokens(SessionCore session, ISessionHost host)
{
    /// <summary>Gives the server a fresh token of the connection.</summary>
    public void Refresh(string token)
    {
        lock (session.Gate)
        {
            Send(token, null);
        }
    }

    /// <summary>The program has given a token for a room, or none.</summary>
    public void Give(RoomSession room, string? token, SwitchboardException? error)
    {
        lock (session.Gate)
        {
            bool isMember = room.Membership == Membership.In;
            room.OnToken(isMember ? null : token);
            if (isMember && token is not null)
            {
                Send(token, room);
            }
            else
            {
                if (error is not null && !isMember)
                {
                    session.Rooms.OnJoinRefused(room, error);
                }

                session.Advance(room);
            }
        }
    }

    // Refused or not in time, the server says what follows: it closes, or the room is left.
    private void Send(string token, RoomSession? room)
    {
        if (!session.IsConnected)
        {
            return;
        }

        PendingQuery<bool> query = new(room, static _ => true, static _ => { })
        {
            Id = session.NextId(),
            Deadline = session.Now + session.CommandTimeout,
        };
        RoomCommands.WriteRefresh(query, token, room);
        session.Outbox.AddEarly(query);
        session.Arm(query.Deadline);
        host.Wake();
    }
}
