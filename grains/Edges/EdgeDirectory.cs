using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;
using Switchboard.Grains.Metrics;
using Switchboard.GrainInterfaces.Connections;
using Switchboard.GrainInterfaces.Edges;
using Switchboard.GrainInterfaces.Rooms;
using Switchboard.GrainInterfaces.Users;

namespace Switchboard.Grains.Edges;

/// <summary>
/// What this silo knows of the edges: how each is called, and which grains here have something attached to it. It asks
/// the registry once a second; when an edge is gone, it tells those grains.
/// </summary>
internal sealed partial class EdgeDirectory(
    GrainOptions options,
    IGrainFactory grains,
    [FromKeyedServices(SwitchboardSilo.ClockName)] TimeProvider time,
    SiloMetrics metrics,
    ILogger<EdgeDirectory> logger)
    : ILifecycleParticipant<ISiloLifecycle>, IDisposable
{
    private const int TellAtOnce = 256;

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<EdgeId, FollowedEdge> _edges = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _refreshLock = new();
    private Task? _refresh;
    private Task _polling = Task.CompletedTask;

    public void Participate(ISiloLifecycle lifecycle) => lifecycle.Subscribe(
        nameof(EdgeDirectory),
        ServiceLifecycleStage.Active,
        _ =>
        {
            _polling = PollAsync();
            return Task.CompletedTask;
        },
        async _ =>
        {
            await _stopping.CancelAsync();
            await _polling;
        });

    /// <summary>Whether nothing is on its way to any edge.</summary>
    public bool IsIdle => _edges.Values.All(static edge => edge.IsIdle);

    public void Dispose() => _stopping.Dispose();

    /// <summary>A grain of this silo has something attached to an edge, until it is deactivated or attached elsewhere.</summary>
    public void Follow(EdgeId edge, GrainId grain)
    {
        FollowedEdge followed;
        do
        {
            followed = Edge(edge);
            followed.Followers[grain] = time.GetUtcNow();
        }
        while (!_edges.TryGetValue(edge, out FollowedEdge? known) || known != followed);
    }

    /// <summary>A grain has nothing at an edge any more.</summary>
    public void Unfollow(EdgeId edge, GrainId grain)
    {
        if (_edges.TryGetValue(edge, out FollowedEdge? followed))
        {
            followed.Followers.TryRemove(grain, out _);
        }
    }

    /// <summary>
    /// Whether a grain is right to be told that an edge is gone. While it was told, the edge may have come back, and have
    /// claimed what it holds: it does so once.
    /// </summary>
    public bool IsGone(EdgeId edge, GrainId grain) =>
        !_edges.TryGetValue(edge, out FollowedEdge? followed)
        || time.GetUtcNow() - followed.LastSeenBy(grain) > options.EdgeLease;

    /// <summary>A grain is deactivated.</summary>
    public void Forget(GrainId grain)
    {
        foreach (FollowedEdge edge in _edges.Values)
        {
            edge.Followers.TryRemove(grain, out _);
        }
    }

    /// <summary>How an edge is called for a feed; null where it is not known, or no longer.</summary>
    public ValueTask<EdgeLink?> FindAsync(EdgeId edge, FeedId feed) =>
        _edges.TryGetValue(edge, out FollowedEdge? known) && known.LinkFor(feed) is { } link
            ? new(link)
            : AskAsync(edge, feed);

    private async ValueTask<EdgeLink?> AskAsync(EdgeId edge, FeedId feed)
    {
        await RefreshAsync();
        return _edges.TryGetValue(edge, out FollowedEdge? known) ? known.LinkFor(feed) : null;
    }

    private FollowedEdge Edge(EdgeId edge) =>
        _edges.GetOrAdd(
            edge, static (edge, call) => new FollowedEdge(edge, call.Now, call.Metrics), (Now: time.GetUtcNow(), Metrics: metrics));

    private async Task PollAsync()
    {
        using var timer = new PeriodicTimer(Period, time);
        try
        {
            while (await timer.WaitForNextTickAsync(_stopping.Token))
            {
                try
                {
                    await RefreshAsync();
                }
                catch (Exception exception) when (ClusterFault.Is(exception))
                {
                    LogUnreachable(logger, exception.Message);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The silo stops.
        }
    }

    // Whoever asks while somebody asks already shares the answer.
    private Task RefreshAsync()
    {
        lock (_refreshLock)
        {
            return _refresh is { IsCompleted: false } ? _refresh : _refresh = Task.Run(ReadRegistryAsync);
        }
    }

    private async Task ReadRegistryAsync()
    {
        DateTimeOffset asked = time.GetUtcNow();
        EdgeList list = await grains.GetGrain<IEdgeRegistryGrain>(0).ListAsync();
        HashSet<EdgeId> alive = [];
        foreach (ListedEdge listed in list.Edges)
        {
            alive.Add(listed.Edge);
            Edge(listed.Edge).Renew(listed, asked);
        }

        foreach ((EdgeId edge, FollowedEdge followed) in _edges)
        {
            if (list.IsComplete && !alive.Contains(edge) && asked - followed.LastSeen > options.EdgeLease)
            {
                await TellGoneAsync(edge, followed);
            }
        }
    }

    private async Task TellGoneAsync(EdgeId edge, FollowedEdge followed)
    {
        KeyValuePair<GrainId, DateTimeOffset>[] followers =
            [.. followed.Followers.Where(follower => IsGone(edge, follower.Key))];
        if (followers.Length > 0)
        {
            LogGone(logger, edge, followers.Length, followed.LastSeen);
        }

        long lastSeen = followed.LastSeen.ToUnixTimeMilliseconds();
        await Parallel.ForEachAsync(
            followers,
            new ParallelOptions { MaxDegreeOfParallelism = TellAtOnce },
            async (follower, _) =>
            {
                try
                {
                    await TellAsync(follower.Key, edge, lastSeen);
                    followed.Followers.TryRemove(follower);
                }
                catch (Exception exception) when (ClusterFault.Is(exception))
                {
                    // It still follows, so it is told again with the next look at the registry.
                    LogNotTold(logger, follower.Key, edge, exception.Message);
                }
            });
        if (followed.Followers.IsEmpty)
        {
            _edges.TryRemove(edge, out _);
        }
    }

    private ValueTask TellAsync(GrainId follower, EdgeId edge, long lastSeen)
    {
        string key = follower.Key.ToString()!;
        return follower.Type.ToString() switch
        {
            GrainTypes.Connection => grains.GetGrain<IConnectionGrain>(key).DetachEdgeAsync(edge, lastSeen),
            GrainTypes.User => grains.GetGrain<IUserGrain>(key).DetachEdgeAsync(edge),
            _ => grains.GetGrain<IRoomGrain>(key).DetachEdgeAsync(edge),
        };
    }

    [LoggerMessage(1, LogLevel.Warning, "Edge {Edge} was last heard of at {LastSeen:O} and is taken for dead; {Grains} grains here are told")]
    private static partial void LogGone(ILogger logger, EdgeId edge, int grains, DateTimeOffset lastSeen);

    [LoggerMessage(2, LogLevel.Debug, "{Grain} could not be told that edge {Edge} is gone: {Problem}")]
    private static partial void LogNotTold(ILogger logger, GrainId grain, EdgeId edge, string problem);

    [LoggerMessage(3, LogLevel.Warning, "The registry of edges did not answer: {Problem}")]
    private static partial void LogUnreachable(ILogger logger, string problem);
}
