using Npgsql;
using Switchboard.Storage.Postgres.Tests.Testing;

namespace Switchboard.Storage.Postgres.Tests;

/// <summary>The queries that the providers of Orleans read from the database, with the parameters that they bind.</summary>
[Collection(ServerCollection.Name)]
public sealed class OrleansQueryTests(ServerFixture fixture) : IAsyncLifetime
{
    private readonly Dictionary<string, string> _queries = [];
    private NpgsqlDataSource _database = null!;

    public async Task InitializeAsync()
    {
        string connectionString = await fixture.Server.CreateDatabaseAsync();
        await Schema.ApplyAsync(connectionString, CancellationToken.None);
        _database = NpgsqlDataSource.Create(connectionString);
        await using NpgsqlCommand command = _database.CreateCommand("select QueryKey, QueryText from OrleansQuery");
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            _queries.Add(reader.GetString(0), reader.GetString(1));
        }
    }

    public async Task DisposeAsync() => await _database.DisposeAsync();

    [Fact]
    public async Task Membership_OfTheSameVersion_IsWrittenByOne()
    {
        Assert.Equal(1, await RunAsync("InsertMembershipVersionKey", ("DeploymentId", "d")));
        Assert.Equal(0, await RunAsync("InsertMembershipVersionKey", ("DeploymentId", "d")));

        Assert.Equal(1, await RunAsync("InsertMembershipKey", Silo(port: 1, version: 0)));
        Assert.Equal(0, await RunAsync("InsertMembershipKey", Silo(port: 2, version: 0)));
        Assert.Equal(0, await RunAsync("InsertMembershipKey", Silo(port: 1, version: 1)));
        object?[] both = await Task.WhenAll(
            RunAsync("InsertMembershipKey", Silo(port: 3, version: 1)),
            RunAsync("InsertMembershipKey", Silo(port: 4, version: 1)));
        Assert.Equal(1, both.Sum(rows => (int)rows!));

        Assert.Equal(1, await RunAsync("UpdateMembershipKey", Silo(port: 1, version: 2)));
        Assert.Equal(0, await RunAsync("UpdateMembershipKey", Silo(port: 1, version: 2)));
        Assert.Equal(0, await RunAsync("UpdateMembershipKey", Silo(port: 9, version: 3)));
        await RunAsync("UpdateIAmAlivetimeKey", Silo(port: 1, version: 0));
        Assert.Equal("d", await RunAsync("MembershipReadRowKey", Silo(port: 9, version: 0)));
        Assert.Equal(2, await CountAsync("MembershipReadAllKey", ("DeploymentId", "d")));
        Assert.Equal(2, await CountAsync("GatewaysQueryKey", ("DeploymentId", "d"), ("Status", 3)));

        await RunAsync("DeleteMembershipTableEntriesKey", ("DeploymentId", "d"));
        Assert.Equal(0, await CountAsync("MembershipReadAllKey", ("DeploymentId", "d")));
    }

    [Fact]
    public async Task Cleanup_OfDefunctSilos_KeepsThoseThatAreActive()
    {
        await RunAsync("InsertMembershipVersionKey", ("DeploymentId", "d"));
        await RunAsync("InsertMembershipKey", Silo(port: 1, version: 0));
        await RunAsync("InsertMembershipKey", Silo(port: 2, version: 1, status: 6));

        await RunAsync(
            "CleanupDefunctSiloEntriesKey", ("DeploymentId", "d"), ("IAmAliveTime", DateTime.UtcNow.AddMinutes(1)));

        Assert.Equal(1, await CountAsync("MembershipReadAllKey", ("DeploymentId", "d")));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("extension")]
    public async Task GrainState_IsWrittenByWhoHasReadIt(string? extension)
    {
        (string, object?)[] grain = Grain(extension);
        byte[] state = [1, 2];

        Assert.Equal(1, await WriteAsync(null));
        Assert.Equal(DBNull.Value, await WriteAsync(null));
        Assert.Equal(2, await WriteAsync(1));
        Assert.Equal(1, await WriteAsync(1));
        Assert.Equal(state, await RunAsync("ReadFromStorageKey", grain));

        Assert.Null(await RunAsync("ClearStorageKey", [.. grain, ("GrainStateVersion", 1)]));
        Assert.Equal(3, await RunAsync("ClearStorageKey", [.. grain, ("GrainStateVersion", 2)]));
        Assert.Equal(DBNull.Value, await RunAsync("ReadFromStorageKey", grain));
        Assert.Equal(4, await RunAsync("DeleteStorageKey", [.. grain, ("GrainStateVersion", 3)]));
        Assert.Null(await RunAsync("ReadFromStorageKey", grain));

        Task<object?> WriteAsync(int? version) => RunAsync(
            "WriteToStorageKey", [.. grain, ("GrainStateVersion", version), ("PayloadBinary", state)]);
    }

    private static (string, object?)[] Silo(int port, int version, int status = 3) =>
    [
        ("DeploymentId", "d"), ("Address", "127.0.0.1"), ("Port", port), ("Generation", 1), ("SiloName", "s"),
        ("HostName", "h"), ("Status", status), ("ProxyPort", 30000), ("StartTime", DateTime.UtcNow),
        ("IAmAliveTime", DateTime.UtcNow), ("SuspectTimes", null), ("Version", version),
    ];

    private static (string, object?)[] Grain(string? extension) =>
    [
        ("GrainIdHash", 1), ("GrainIdN0", 2L), ("GrainIdN1", 3L), ("GrainTypeHash", 4), ("GrainTypeString", "type"),
        ("GrainIdExtensionString", extension), ("ServiceId", "service"),
    ];

    private async Task<object?> RunAsync(string query, params (string Name, object? Value)[] parameters)
    {
        await using NpgsqlCommand command = Command(query, parameters);
        return await command.ExecuteScalarAsync();
    }

    private async Task<int> CountAsync(string query, params (string Name, object? Value)[] parameters)
    {
        await using NpgsqlCommand command = Command(query, parameters);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync();
        int rows = 0;
        while (await reader.ReadAsync())
        {
            rows++;
        }

        return rows;
    }

    private NpgsqlCommand Command(string query, (string Name, object? Value)[] parameters)
    {
        NpgsqlCommand command = _database.CreateCommand(_queries[query]);
        foreach ((string name, object? value) in parameters)
        {
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        }

        return command;
    }
}
