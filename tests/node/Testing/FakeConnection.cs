using System.Collections.Concurrent;
using Switchboard.Core.Backplane;
using Switchboard.Core.Connections;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;
using Switchboard.Core.Rooms;
using Switchboard.Core.Tests.Testing;
using Switchboard.GrainInterfaces.Connections;

namespace Switchboard.Node.Tests.Testing;

/// <summary>A connection's grain: writes calls down, and answers what a test sets.</summary>
internal sealed class FakeConnection(ConnectionId id) : IConnectionGrain
{
    private readonly ConcurrentQueue<string> _calls = new();
    private readonly ConcurrentQueue<ConnectionClaim> _claims = new();

    public ConnectionId Id => id;

    public string[] Calls => [.. _calls];

    public ConnectionClaim[] Claims => [.. _claims];

    /// <summary>True once the grain was lost with its silo: it knows nothing until it is claimed.</summary>
    public bool IsLost { get; set; }

    /// <summary>Thrown by the calls of this name.</summary>
    public Dictionary<string, Exception> Faults { get; } = [];

    public BackplaneStatus JoinStatus { get; set; }

    public DisconnectReason? Refusal { get; set; }

    public long Attachment { get; set; } = 1;

    /// <summary>Why it does not know the connection, once it was lost.</summary>
    public BackplaneStatus Unknown { get; set; } = BackplaneStatus.NoSuchConnection;

    /// <summary>The rooms that a resume names.</summary>
    public RoomMembership[] Rooms { get; set; } = [];

    /// <summary>What a rejoin shows.</summary>
    public PresenceSnapshot? Presence { get; set; }

    public Position Head { get; set; } = Some.At(0);

    /// <summary>Runs within a claim, before it is answered.</summary>
    public Action? OnClaim { get; set; }

    public ValueTask<OpenAnswer> OpenAsync(OpenRequest request)
    {
        Note("open");
        return new(new OpenAnswer { Status = BackplaneStatus.Ok, User = Some.At(0), Own = Some.At(0) });
    }

    public ValueTask<ResumeResult> ResumeAsync(ResumeRequest request)
    {
        Note("resume");
        return new(new ResumeResult(
            IsLost ? Unknown : BackplaneStatus.Ok, Id, ++Attachment, Rooms, At(0), At(0)));
    }

    public ValueTask<ReattachAnswer> ReattachAsync(ConnectionClaim claim)
    {
        Note("reattach");
        _claims.Enqueue(claim);
        OnClaim?.Invoke();
        IsLost = false;
        return new(new ReattachAnswer { Refused = Refusal });
    }

    public ValueTask DetachAsync(long attachment)
    {
        Note("detach", attachment);
        return default;
    }

    public ValueTask DetachEdgeAsync(EdgeId edge, long lastSeen)
    {
        Note("detach-edge");
        return default;
    }

    public ValueTask CloseAsync(long attachment)
    {
        Note("close", attachment);
        return default;
    }

    public ValueTask<OwnerAnswer> FindOwnerAsync(string token)
    {
        Note("find-owner");
        return new(new OwnerAnswer
        {
            Status = IsLost ? BackplaneStatus.NoSuchConnection : BackplaneStatus.Ok,
            User = IsLost ? null : Some.Ann,
        });
    }

    public ValueTask<ForwardAnswer> ForwardAsync(ForwardRequest request)
    {
        Note("forward");
        return new(new ForwardAnswer
        {
            Status = IsLost ? BackplaneStatus.NoSuchConnection : BackplaneStatus.Ok,
            Received = ReceiveStatus.Taken,
            Expected = 2,
        });
    }

    public ValueTask<JoinResult> JoinAsync(RoomName room, JoinOptions options)
    {
        Note("join");
        BackplaneStatus status = IsLost ? BackplaneStatus.NoSuchConnection : JoinStatus;
        return new(new JoinResult(status, At(Head.Offset), options.Presence, null));
    }

    public ValueTask<JoinResult> RejoinAsync(RoomName room, Position? position)
    {
        Note("rejoin");
        return new(new JoinResult(
            IsLost ? BackplaneStatus.NoSuchConnection : BackplaneStatus.Ok, At(Head.Offset), true, Presence));
    }

    public ValueTask<BackplaneStatus> LeaveAsync(RoomName room)
    {
        Note("leave");
        return new(IsLost ? BackplaneStatus.NoSuchConnection : BackplaneStatus.Ok);
    }

    public ValueTask<PublishResult> SendAsync(Publication publication)
    {
        Note("send");
        return new(new PublishResult(IsLost ? BackplaneStatus.NoSuchConnection : BackplaneStatus.Ok, Some.At(1), false));
    }

    public ValueTask<HistoryResult> ReadAsync(HistoryQuery query)
    {
        Note("read");
        return new(new HistoryResult(IsLost ? BackplaneStatus.NoSuchConnection : BackplaneStatus.Ok, default, [], false));
    }

    private static Recovery At(long offset) => new(Some.At(offset), RecoveryOutcome.NotAsked, []);

    private void Note(string call, long? attachment = null)
    {
        _calls.Enqueue(attachment is null ? call : $"{call} {attachment}");
        lock (Faults)
        {
            if (Faults.TryGetValue(call, out Exception? fault))
            {
                throw fault;
            }
        }
    }

    public void Fail(string call, Exception? fault)
    {
        lock (Faults)
        {
            if (fault is null)
            {
                Faults.Remove(call);
            }
            else
            {
                Faults[call] = fault;
            }
        }
    }

    public ValueTask<ConnectionView> InspectAsync() => throw NotAsked();

    public ValueTask<BackplaneStatus> JoinForServerAsync(RoomName room, JoinOptions options) => throw NotAsked();

    public ValueTask<BackplaneStatus> LeaveForServerAsync(RoomName room, string reason) => throw NotAsked();

    public ValueTask<BackplaneStatus> EndAsync(DisconnectReason reason) => throw NotAsked();

    private static NotSupportedException NotAsked() => new("a call of a server, which no test of an edge alone makes");
}
