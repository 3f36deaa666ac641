using Switchboard.Core.Backplane;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;
using Switchboard.Core.Users;
using Switchboard.GrainInterfaces.Users;

namespace Switchboard.Node.Tests.Testing;

/// <summary>A user's grain that has nobody.</summary>
internal sealed class FakeUser : IUserGrain
{
    public ValueTask<PublishResult> SendAsync(Publication publication) =>
        new(new PublishResult(BackplaneStatus.NoSuchConnection, default, false));

    public ValueTask<HistoryResult> ReadAsync(ConnectionId reader, HistoryQuery query) =>
        new(new HistoryResult(BackplaneStatus.NotJoined, default, [], false));

    public ValueTask<Position> AddAsync(ConnectionId connection, EdgeId edge, long attachment) => throw NotAnEdges();

    public ValueTask<Recovery> AttachAsync(ConnectionId connection, EdgeId edge, long attachment, Position? position) =>
        throw NotAnEdges();

    public ValueTask ReattachAsync(ConnectionId connection, EdgeId edge, long attachment, Position? seen) => throw NotAnEdges();

    public ValueTask DetachAsync(ConnectionId connection, long attachment) => throw NotAnEdges();

    public ValueTask DetachEdgeAsync(EdgeId edge) => throw NotAnEdges();

    public ValueTask RemoveAsync(ConnectionId connection) => throw NotAnEdges();

    private static NotSupportedException NotAnEdges() => new("no call for an edge to make");

    public ValueTask<AdmitAnswer> AdmitAsync(ConnectionId connection, EdgeId edge, long attachment) => throw NotAnEdges();

    public ValueTask<UserView> InspectAsync(string? after, int limit) => throw NotAnEdges();

    public ValueTask<DisconnectResult> EndAllAsync() => throw NotAnEdges();

    public ValueTask<DisconnectResult> SetBanAsync(Ban? ban) => throw NotAnEdges();
}
