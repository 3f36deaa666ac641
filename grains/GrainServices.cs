using Microsoft.Extensions.Logging;
using Switchboard.Core.Backplane;
using Switchboard.Core.Identifiers;
using Switchboard.Core.Storage;
using Switchboard.Grains.Connections;
using Switchboard.Grains.Edges;
using Switchboard.Grains.Metrics;
using Switchboard.Grains.Rooms;
using Switchboard.Grains.Users;

namespace Switchboard.Grains;

/// <summary>What all grains of a silo share.</summary>
internal sealed class GrainServices(
    GrainOptions options,
    TimeProvider time,
    IRandomSource random,
    EdgeDirectory edges,
    IFeedStore? store,
    SessionStore? sessions,
    IBackplaneObserver? observer,
    BanDirectory bans,
    SiloInbox inbox,
    LocalRooms rooms,
    SiloMetrics metrics,
    RecentDeaths deaths,
    ILoggerFactory logs)
{
    public GrainOptions Options => options;

    public TimeProvider Time => time;

    public IRandomSource Random => random;

    public EdgeDirectory Edges => edges;

    /// <summary>Where durable rooms are kept; null where no kind is durable.</summary>
    public IFeedStore? Store => store;

    /// <summary>Where detached connections are kept; null where the silo has no storage.</summary>
    public SessionStore? Sessions => sessions;

    /// <summary>Hears of connections and rooms as a whole; null for nobody.</summary>
    public IBackplaneObserver? Observer => observer;

    /// <summary>Through which edges publish to the rooms of this silo.</summary>
    public SiloInbox Inbox => inbox;

    /// <summary>The rooms that are on this silo.</summary>
    public LocalRooms LocalRooms => rooms;

    /// <summary>What this silo counts.</summary>
    public SiloMetrics Metrics => metrics;

    /// <summary>Whether a silo has just died.</summary>
    public RecentDeaths Deaths => deaths;

    /// <summary>Who is banned.</summary>
    public BanDirectory Bans => bans;

    public ILogger FanoutLog { get; } = logs.CreateLogger("Switchboard.Grains.Fanout");

    public ILogger MembershipLog { get; } = logs.CreateLogger("Switchboard.Grains.Membership");

    public long Now() => time.GetUtcNow().ToUnixTimeMilliseconds();
}
