using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans;
using Orleans.Runtime;
using Orleans.TestingHost;
using Switchboard.Client;
using Switchboard.Core.Backplane;
using Switchboard.Core.Identifiers;
using Switchboard.GrainInterfaces.Connections;
using Switchboard.GrainInterfaces.Rooms;
using Switchboard.Testing.Faults;
using Switchboard.Testing.Membership;
using Switchboard.Testing.Time;

namespace Switchboard.Testing;

/// <summary>
/// A cluster in this process: silos and edges that talk over sockets on the loopback interface, any of which may die. It
/// is Orleans' own test cluster, with a table of members that outlives every silo, and with edges for clients.
/// </summary>
public sealed class SwitchboardCluster : IAsyncDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    private readonly SwitchboardClusterOptions _options;
    private readonly MembershipTable _table = new();
    private readonly SiloSetup _setup;
    private readonly TestCluster _cluster;
    private readonly List<ClusterSilo> _silos = [];
    private readonly List<ClusterEdge> _edges = [];
    private readonly int _initialSilos;
    private int _silosStarted;
    private int _edgesStarted;

    private SwitchboardCluster(int silos, SwitchboardClusterOptions options)
    {
        _options = options;
        _initialSilos = silos;
        _setup = new SiloSetup(options, Faults);
        var builder = new TestClusterBuilder((short)silos) { CreateSiloAsync = CreateSiloAsync };
        builder.Options.UseTestClusterMembership = false;
        builder.Options.InitializeClientOnDeploy = false;
        builder.Options.ConfigureFileLogging = false;
        builder.Options.ConnectionTransport = ConnectionTransportType.TcpSocket;
        builder.Options.SiloBuilderConfiguratorTypes.Clear();
        _cluster = builder.Build();
        if (options.Clock is { } clock)
        {
            clock.IsSettled = () => !_edges.Exists(static edge => edge is { IsRunning: true, Node.Lease.IsUpToDate: false });
        }
    }

    /// <summary>The silos in the order of their starts; those that are gone keep their place.</summary>
    public IReadOnlyList<ClusterSilo> Silos => _silos;

    /// <summary>The edges in the order of their starts; those that are gone keep their place.</summary>
    public IReadOnlyList<ClusterEdge> Edges => _edges;

    /// <summary>What goes wrong with calls; nothing at first.</summary>
    public CallFaults Faults { get; } = new();

    /// <summary>Calls grains, your own and Switchboard's, from outside: through a silo that runs.</summary>
    /// <exception cref="InvalidOperationException">None runs.</exception>
    public IGrainFactory GrainFactory => _silos.Find(silo => silo.IsRunning)?.Services.GetRequiredService<IGrainFactory>()
        ?? throw new InvalidOperationException("No silo runs through which grains could be called.");

    /// <summary>The clock that the test moves on.</summary>
    /// <exception cref="InvalidOperationException">The cluster has the machine's.</exception>
    public TestClock Clock => _options.Clock
        ?? throw new InvalidOperationException($"Set {nameof(SwitchboardClusterOptions.Clock)} to a clock that the test moves on.");

    /// <summary>Starts a cluster; returns once all silos know each other and all edges are known.</summary>
    /// <param name="silos">How many silos, from 1.</param>
    /// <param name="edges">How many edges, from 0.</param>
    /// <param name="configure">Changes the options before anything starts.</param>
    /// <exception cref="TimeoutException">It took longer than <see cref="SwitchboardClusterOptions.Patience"/>.</exception>
    public static async Task<SwitchboardCluster> StartAsync(
        int silos = 2, int edges = 2, Action<SwitchboardClusterOptions>? configure = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(silos, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(edges);
        var options = new SwitchboardClusterOptions();
        configure?.Invoke(options);
        var cluster = new SwitchboardCluster(silos, options);
        await using IAsyncDisposable? running = options.Clock?.Run();
        try
        {
            await cluster.StartSilosAsync(silos);
            await cluster.WaitForSilosAsync();
            for (int i = 0; i < edges; i++)
            {
                await cluster.StartEdgeAsync();
            }
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }

        return cluster;
    }

    /// <summary>Connects a client to an edge, by WebSocket. It is the caller's to dispose of, before the cluster.</summary>
    /// <param name="user">Who.</param>
    /// <param name="edge">Which edge.</param>
    /// <exception cref="TimeoutException">It took longer than <see cref="SwitchboardClusterOptions.Patience"/>.</exception>
    public async Task<SwitchboardClient> ConnectAsync(string user, int edge = 0)
    {
        var client = new SwitchboardClient(new SwitchboardClientOptions
        {
            Url = _edges[edge].Url,
            User = user,
            Transports = [TransportKind.WebSocket],
            CommandTimeout = _options.Patience,
        });
        try
        {
            await client.ConnectAsync().WaitAsync(_options.Patience);
            return client;
        }
        catch
        {
            await client.DisposeAsync();
            throw;
        }
    }

    /// <summary>What an edge reaches the cluster through.</summary>
    public IBackplane Edge(int index) => _edges[index].Backplane;

    /// <summary>
    /// Kills a silo, also the first: it stops at once and tells nobody. The others find out by themselves;
    /// <see cref="WaitForSilosAsync"/> waits for that.
    /// </summary>
    public Task KillSiloAsync(int index) => _silos[index].KillAsync(_cluster);

    /// <summary>Stops a silo as an operator does: its grains move to the others first.</summary>
    public async Task StopSiloAsync(int index)
    {
        await using IAsyncDisposable? running = _options.Clock?.Run();
        await _silos[index].StopAsync(_cluster);
    }

    /// <summary>Starts another silo; returns once all know each other.</summary>
    public async Task<ClusterSilo> StartSiloAsync()
    {
        await using IAsyncDisposable? running = _options.Clock?.Run();
        ClusterSilo silo = await CreateSiloAsync();
        _silos.Add(silo);
        await WaitForSilosAsync();
        return silo;
    }

    /// <summary>Stops a silo where it still runs, and starts another in its place; returns once all know each other.</summary>
    public async Task<ClusterSilo> RestartSiloAsync(int index)
    {
        await using IAsyncDisposable? running = _options.Clock?.Run();
        if (_silos[index].IsRunning)
        {
            await StopSiloAsync(index);
        }

        _silos[index] = await CreateSiloAsync();
        await WaitForSilosAsync();
        return _silos[index];
    }

    /// <summary>Kills an edge: it neither answers nor renews its lease, and tells nobody.</summary>
    public Task KillEdgeAsync(int index) => _edges[index].KillAsync();

    /// <summary>Stops an edge as an operator does: its clients are told to go to another.</summary>
    public async Task StopEdgeAsync(int index)
    {
        await using IAsyncDisposable? running = _options.Clock?.Run();
        await _edges[index].StopAsync();
    }

    /// <summary>Starts another edge; returns once it is known to the cluster.</summary>
    /// <param name="name">Its name; null for one that no other has.</param>
    /// <exception cref="Node.EdgeRefusedException">The cluster won't have it.</exception>
    public async Task<ClusterEdge> StartEdgeAsync(string? name = null)
    {
        await using IAsyncDisposable? running = _options.Clock?.Run();
        var edge = new ClusterEdge(name ?? $"edge-{_edgesStarted++}", _cluster.Options, _options, _table, Faults);
        try
        {
            await edge.StartAsync(_options.Patience);
        }
        catch
        {
            await edge.KillAsync();
            throw;
        }

        _edges.Add(edge);
        return edge;
    }

    /// <summary>Which silo a room is on, and with it its logic.</summary>
    /// <exception cref="InvalidOperationException">It is on none.</exception>
    public async Task<int> SiloOfAsync(string room) => await FindSiloAsync(new RoomName(room))
        ?? throw new InvalidOperationException($"The room {room} is on no silo: nobody has joined it or published to it.");

    /// <summary>Which silo a room is on; null where it is on none.</summary>
    public Task<int?> FindSiloAsync(RoomName room) => FindSiloAsync(GrainFactory.GetGrain<IRoomGrain>(room.Value));

    /// <summary>Which silo a connection is on, as opposed to its edge; null where it is on none.</summary>
    public Task<int?> FindSiloAsync(ConnectionId connection) =>
        FindSiloAsync(GrainFactory.GetGrain<IConnectionGrain>(connection.Value));

    /// <summary>Which silo a grain is on; null where it is on none.</summary>
    public async Task<int?> FindSiloAsync(IAddressable grain)
    {
        SiloAddress? address = await GrainFactory.GetGrain<IManagementGrain>(0).GetActivationAddress(grain);
        int index = _silos.FindIndex(silo => silo.IsRunning && silo.Address.Equals(address));
        return index < 0 ? null : index;
    }

    /// <summary>Waits until every silo that runs takes exactly those to be alive that run.</summary>
    public Task WaitForSilosAsync() => WaitAsync(
        () =>
        {
            ClusterSilo[] running = [.. _silos.Where(silo => silo.IsRunning)];
            HashSet<SiloAddress> expected = [.. running.Select(silo => silo.Address)];
            return Array.TrueForAll(running, silo => expected.SetEquals(silo.Alive));
        },
        "all silos to know each other");

    /// <summary>Waits for something in the cluster to come true.</summary>
    /// <param name="isMet">What; looked at again and again.</param>
    /// <param name="what">Its name, for the message of the time-out.</param>
    /// <exception cref="TimeoutException">It took longer than <see cref="SwitchboardClusterOptions.Patience"/>.</exception>
    public async Task WaitAsync(Func<bool> isMet, string what)
    {
        ArgumentNullException.ThrowIfNull(isMet);
        long began = TimeProvider.System.GetTimestamp();
        while (!isMet())
        {
            if (TimeProvider.System.GetElapsedTime(began) > _options.Patience)
            {
                throw new TimeoutException($"{what}: not within {_options.Patience.TotalSeconds} s");
            }

            await Task.Delay(Look);
        }
    }

    /// <summary>Kills everything.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await Task.WhenAll(_edges.Where(edge => edge.IsRunning).Select(edge => edge.KillAsync()));
        }
        finally
        {
            await Task.WhenAll(_silos.Where(silo => silo.IsRunning).Select(silo => silo.KillAsync(_cluster)));
            await _cluster.DisposeAsync();
        }
    }

    private async Task StartSilosAsync(int count)
    {
        Task<ClusterSilo>[] starting = [.. Enumerable.Range(0, count).Select(_ => CreateSiloAsync())];
        try
        {
            await Task.WhenAll(starting);
        }
        finally
        {
            // Those that did start are there to be ended where another did not.
            foreach (Task<ClusterSilo> started in starting.Where(static one => one.IsCompletedSuccessfully))
            {
                _silos.Add(await started);
            }
        }
    }

    private async Task<ClusterSilo> CreateSiloAsync()
    {
        int number = Interlocked.Increment(ref _silosStarted) - 1;
        SiloHandle handle = await _cluster.StartSiloAsync(
            number, _cluster.Options, startSiloOnNewPort: number >= _initialSilos);
        return new ClusterSilo((InProcessSiloHandle)handle, _setup.DoorOf(handle.Name));
    }

    private async Task<SiloHandle> CreateSiloAsync(string name, IConfiguration configuration)
    {
        var door = new TableDoor(_table);
        _setup.Keep(name, door);
        return await InProcessSiloHandle.CreateAsync(
            name, configuration, host => host.UseOrleans((_, silo) => _setup.Configure(silo, door)));
    }
}
