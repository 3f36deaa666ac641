using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Hosting;
using Switchboard.Core.Backplane;
using Switchboard.Core.Connections;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;
using Switchboard.Core.Rooms;
using Switchboard.Node;

namespace Switchboard.ClusterBench;

/// <summary>An edge without sockets: the backplane of a node, and a count of what it is handed.</summary>
internal sealed class BenchEdge : IEdge, IAsyncDisposable
{
    private readonly IHost _client;
    private long _delivered;

    private BenchEdge(IHost client, string name)
    {
        _client = client;
        Backplane = new OrleansBackplane(client.Services.GetRequiredService<IClusterClient>(), name, TimeProvider.System);
        Backplane.Attach(this);
    }

    public OrleansBackplane Backplane { get; }

    public long Delivered => Interlocked.Read(ref _delivered);

    public static async Task<BenchEdge> StartAsync(int gatewayPort, string name)
    {
        HostApplicationBuilder builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        builder.UseOrleansClient(client => client.UseLocalhostClustering(gatewayPort));
        IHost host = builder.Build();
        await host.StartAsync();
        var edge = new BenchEdge(host, name);
        await edge.Backplane.StartAsync();
        return edge;
    }

    /// <summary>A new connection of a user, in a room.</summary>
    public async Task<Sender> EnterAsync(UserName user, RoomName room)
    {
        OpenResult opened = await Backplane.OpenAsync(user);
        JoinResult joined = opened.Status == BackplaneStatus.Ok
            ? await Backplane.JoinAsync(opened.Connection, room, default)
            : default;
        return opened.Status == BackplaneStatus.Ok && joined.Status == BackplaneStatus.Ok
            ? new Sender(user, opened.Connection)
            : throw new InvalidOperationException($"open said {opened.Status}, join {joined.Status}");
    }

    public void Deliver(FeedId feed, Epoch epoch, IReadOnlyList<FeedEntry> entries) =>
        Interlocked.Add(ref _delivered, entries.Count);

    public void Lost(FeedId feed, Position now) => throw new InvalidOperationException($"{feed} lost entries");

    public void Presence(RoomName room, PresenceChange change)
    {
    }

    public void Disconnect(ConnectionId connection, long attachment, DisconnectReason reason)
    {
    }

    public async ValueTask DisposeAsync()
    {
        await Backplane.DisposeAsync();
        await _client.StopAsync();
        _client.Dispose();
    }
}
