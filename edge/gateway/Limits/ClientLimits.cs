using System.Net;
using Switchboard.Core.Identifiers;
using Switchboard.Gateway.Listening;
using Switchboard.Gateway.Metrics;
using Switchboard.Gateway.Proxies;

namespace Switchboard.Gateway.Limits;

/// <summary>What each address, user, connection and room may do on this edge.</summary>
internal sealed class ClientLimits : ISweepable
{
    private const long SweepEvery = 10_000;

    private readonly LimitOptions _options;
    private readonly GatewayMetrics _metrics;
    private readonly ShareTable<AddressKey> _addresses;
    private readonly ShareTable<string> _users;
    private readonly ShareTable<ConnectionId> _connections;
    private readonly Func<long> _now;
    private long _swept;

    public ClientLimits(GatewayOptions options, GatewayMetrics metrics, Func<long> now, Func<MemoryUse>? memory = null)
    {
        _options = options.Limits;
        _metrics = metrics;
        _now = now;
        _addresses = new ShareTable<AddressKey>(ShareLimits.Of(_options.PerAddress), _options.MaxTracked);
        _users = new ShareTable<string>(ShareLimits.Of(_options.PerUser), _options.MaxTracked);
        _connections = new ShareTable<ConnectionId>(ShareLimits.OfConnection(_options), _options.MaxTracked);
        Addresses = new ClientAddresses(options.Proxies);
        Connection = TrafficLimits.OfConnection(_options);
        Room = TrafficLimits.OfRoom(_options.PerRoom);
        Memory = new MemoryGuard(_options.Memory, memory ?? MemoryUse.Now);
    }

    public ClientAddresses Addresses { get; }

    /// <summary>What a connection may send.</summary>
    public TrafficLimits Connection { get; }

    /// <summary>What a room takes.</summary>
    public TrafficLimits Room { get; }

    public MemoryGuard Memory { get; }

    public int MaxFailedResumes => _options.MaxFailedResumes;

    /// <summary>Milliseconds of the gateway's clock.</summary>
    public long Now => _now();

    /// <summary>How many addresses, users and connections there are shares of.</summary>
    public int Tracked => _addresses.Count + _users.Count + _connections.Count;

    /// <summary>The share of a client's address, held until it is released; null where it is not limited.</summary>
    public Share? Hold(IPAddress? address) =>
        address is null || (!_options.PerAddress.Loopback && IPAddress.IsLoopback(address))
            ? null
            : _addresses.Hold(new AddressKey(address));

    /// <summary>The share of a peer before its head is read; null for a trusted proxy, behind which are many.</summary>
    public Share? HoldPeer(IPAddress? peer) => Addresses.IsTrusted(peer) ? null : Hold(peer);

    public Share Hold(UserName user) => _users.Hold(user.Value);

    /// <summary>The share of a connection without a socket, which each of its requests draws on.</summary>
    public Share Hold(ConnectionId connection) => _connections.Hold(connection);

    /// <summary>Counts a limit that was met.</summary>
    public void Count(LimitScope scope, LimitKind kind) => _metrics.Limited(scope, kind);

    public void Sweep(long now)
    {
        Memory.Sweep(now);
        if (now - _swept >= SweepEvery)
        {
            _swept = now;
            _addresses.Sweep(now);
            _users.Sweep(now);
            _connections.Sweep(now);
        }
    }
}
