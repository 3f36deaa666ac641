using System.Text.Json;
using Switchboard.Client.Session;
using Switchboard.Client.Wire;

namespace Switchboard.Client.InMemory;

/// <summary>The connections of a server in memory. What they ask for is done by <see cref="InMemoryRooms"/>.</summary>
internal sealed class InMemoryServer
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, InMemoryConnection> _connections = [];
    private readonly InMemoryRooms _rooms;
    private readonly HashSet<InMemoryLink> _links = [];
    private bool _isReachable = true;
    private int _lastId;

    public InMemoryServer(TimeProvider time)
    {
        _rooms = new InMemoryRooms(time, _connections);
    }

    public bool IsReachable
    {
        get
        {
            lock (_gate)
            {
                return _isReachable;
            }
        }

        set
        {
            lock (_gate)
            {
                _isReachable = value;
            }

            if (!value)
            {
                DropAll();
            }
        }
    }

    public bool TryOpen(InMemoryLink link)
    {
        lock (_gate)
        {
            return _isReachable && _links.Add(link);
        }
    }

    public void DropAll()
    {
        lock (_gate)
        {
            foreach (InMemoryLink link in _links.ToArray())
            {
                End(link, LinkEnd.Abnormal, "dropped");
            }
        }
    }

    public void ExpireAll()
    {
        lock (_gate)
        {
            DropAll();
            foreach (InMemoryConnection connection in _connections.Values.ToArray())
            {
                Forget(connection);
            }
        }
    }

    public void Disconnect(string user, int closeCode)
    {
        lock (_gate)
        {
            foreach (InMemoryConnection connection in _connections.Values.Where(one => one.User == user).ToArray())
            {
                InMemoryLink? link = connection.Link;
                Forget(connection);
                if (link is not null)
                {
                    End(link, closeCode, "disconnected");
                }
            }
        }
    }

    public void Trim(string room)
    {
        lock (_gate)
        {
            _rooms.Get(room).Feed.Trim();
        }
    }

    public void Remove(string user, string room)
    {
        lock (_gate)
        {
            _rooms.Remove(user, room);
        }
    }

    /// <summary>The client has said goodbye.</summary>
    public void Close(InMemoryLink link)
    {
        lock (_gate)
        {
            if (link.Connection is { } connection)
            {
                Forget(connection);
            }
        }
    }

    /// <summary>The link is broken; its connection waits for another.</summary>
    public void Detach(InMemoryLink link)
    {
        lock (_gate)
        {
            _links.Remove(link);
            if (link.Connection is { } connection && connection.Link == link)
            {
                connection.Link = null;
            }
        }
    }

    public void Handle(InMemoryLink link, ReadOnlyMemory<byte> message, bool isBinary)
    {
        ReadOnlyMemory<byte> json = message;
        byte[]? payload = null;
        if (isBinary)
        {
            (json, ReadOnlyMemory<byte> bytes) = EventReader.Split(message);
            payload = bytes.ToArray();
        }

        using JsonDocument document = JsonDocument.Parse(json);
        JsonElement command = document.RootElement;
        lock (_gate)
        {
            if (!_links.Contains(link))
            {
                return;
            }

            if (command.Text("type") == "connect")
            {
                Connect(link, command);
            }
            else if (link.Connection is { } connection)
            {
                _rooms.Handle(connection, command, payload);
            }
        }
    }

    private void Connect(InMemoryLink link, JsonElement command)
    {
        long id = command.Number("id");
        InMemoryConnection? connection = null;
        if (command.Text("resume") is { } token)
        {
            connection = _connections.Values.FirstOrDefault(one => one.ResumeToken == token);
            if (connection is null)
            {
                link.Give(InMemoryEvents.Error(id, "resume_expired", "the connection is not known any more"));
                return;
            }

            if (connection.Link is { } before)
            {
                End(before, 4500, "replaced");
            }
        }

        bool resumed = connection is not null;
        connection ??= new InMemoryConnection($"c-{++_lastId}", link.User);
        _connections[connection.Id] = connection;
        connection.Link = link;
        link.Connection = connection;
        _rooms.Welcome(connection, id, resumed, command);
    }

    private void End(InMemoryLink link, int code, string reason)
    {
        link.End(new LinkEnd(code, reason));
        Detach(link);
    }

    private void Forget(InMemoryConnection connection)
    {
        _rooms.RemoveEverywhere(connection);
        _connections.Remove(connection.Id);
    }
}
