using System.Globalization;
using Npgsql;
using Switchboard.Testing.Postgres;
using Switchboard.Testing.Programs;

namespace Switchboard.ClientScenarios.Tests.Cluster;

/// <summary>PostgreSQL, three silos and two edges, as processes, with tokens and short heartbeats.</summary>
internal sealed class ScenarioCluster : IAsyncDisposable
{
    private const int SiloCount = 3;
    private const int EdgeCount = 2;

    // So that none of the processes takes more than its share of the server's.
    private const int DatabaseConnections = 6;

    private readonly PostgresServer _database;
    private readonly string _connectionString;

    private ScenarioCluster(PostgresServer database)
    {
        _database = database;
        _connectionString = "--Switchboard:Cluster:ConnectionString=" + new NpgsqlConnectionStringBuilder(database.ConnectionString)
        {
            MaxPoolSize = DatabaseConnections,
        };
        int first = Ports.FreeRange((3 * SiloCount) + EdgeCount);
        Silos = [.. Enumerable.Range(0, SiloCount).Select(i => Silo(first + (3 * i)))];
        Edges = [.. Enumerable.Range(0, EdgeCount).Select(i => Edge(i, first + (3 * SiloCount) + i))];
    }

    public IReadOnlyList<ClusterNode> Silos { get; }

    public IReadOnlyList<ClusterNode> Edges { get; }

    /// <summary>Where the edges listen.</summary>
    public IReadOnlyList<int> EdgePorts => [.. Edges.Select(edge => edge.Port)];

    private string[] Common => [_connectionString, .. RoomKinds.Settings];

    public static async Task<ScenarioCluster> StartAsync()
    {
        ScenarioCluster cluster = new(await PostgresServer.CreateAsync());
        try
        {
            await cluster.ApplySchemaAsync();
            await cluster.StartNodesAsync();
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts all nodes that do not run, and returns when all are ready.</summary>
    public async Task StartNodesAsync()
    {
        await Task.WhenAll([.. Silos.Select(silo => silo.StartAsync())]);
        await Task.WhenAll([.. Edges.Select(edge => edge.StartAsync())]);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (ClusterNode node in Edges.Concat(Silos))
        {
            await node.DisposeAsync();
        }

        await _database.DisposeAsync();
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private async Task ApplySchemaAsync()
    {
        await using RunningProgram apply = RunningProgram.StartDotnet(Checkout.Silo, ["schema", "apply", _connectionString]);
        Assert.True(await apply.EndAsync() == 0, apply.Output);
    }

    private ClusterNode Silo(int port) => new(
        Checkout.Silo,
        [
            $"--Switchboard:Silo:SiloPort={Text(port + 1)}", $"--Switchboard:Silo:GatewayPort={Text(port + 2)}",
            $"--Switchboard:Store:MaxConnections={Text(DatabaseConnections)}", .. Common,
        ],
        port);

    private ClusterNode Edge(int number, int port) => new(
        Checkout.Edge,
        [
            $"--Switchboard:Node:Name=edge-{Text(number + 1)}",
            "--Switchboard:Gateway:Heartbeat:Interval=00:00:02", "--Switchboard:Gateway:Heartbeat:Timeout=00:00:03",
            .. Tokens.Settings, .. Common,
        ],
        port);
}
