using System.Globalization;
using Npgsql;
using Switchboard.Testing.Programs;

namespace Switchboard.Testing.Postgres;

/// <summary>
/// A PostgreSQL server of a test's own: in a private folder, on a free port of the loopback address, with a disk that it
/// waits for. It can be stopped, killed and started again. Needs Debian's package postgresql.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    /// <summary>Who owns the databases.</summary>
    public const string User = "switchboard";

    /// <summary>The user's password.</summary>
    public const string Password = "not-a-secret";

    private readonly string _binaries;
    private readonly string _folder;
    private PostgresProcess? _process;
    private int _databases;

    private PostgresServer(string binaries)
    {
        _binaries = binaries;
        _folder = Path.Combine(Path.GetTempPath(), "switchboard-pg-" + Path.GetRandomFileName());
        Port = Ports.Free();
    }

    /// <summary>Where it listens, also after it was started again.</summary>
    public int Port { get; }

    /// <summary>Of a database that is empty at first.</summary>
    public string ConnectionString => For(User);

    private string Data => Path.Combine(_folder, "data");

    // By the socket in the private folder, which asks for no password.
    private string Administrator => new NpgsqlConnectionStringBuilder
    {
        Host = _folder,
        Port = Port,
        Username = "postgres",
        Database = "postgres",
        Pooling = false,
    }.ConnectionString;

    /// <summary>Makes a server and starts it.</summary>
    /// <exception cref="InvalidOperationException">PostgreSQL is not installed, or does not start.</exception>
    public static async Task<PostgresServer> CreateAsync()
    {
        var server = new PostgresServer(FindBinaries());
        try
        {
            await PostgresProcess.RunAsync(
                Path.Combine(server._binaries, "initdb"),
                ["-D", server.Data, "-U", "postgres", "-E", "UTF8", "--locale=C", "--no-sync",
                    "--auth-local=trust", "--auth-host=scram-sha-256"]);
            await server.StartAsync();
            await server.AdministrateAsync($"create role {User} login password '{Password}'");
            await server.AdministrateAsync($"create database {User} owner {User}");
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts it again, and returns when it takes connections.</summary>
    public async Task StartAsync() => _process = await PostgresProcess.StartAsync(
        Path.Combine(_binaries, "postgres"),
        ["-D", Data, "-p", Port.ToString(CultureInfo.InvariantCulture), "-k", _folder,
            "-c", "listen_addresses=127.0.0.1", "-c", "fsync=on", "-c", "shared_buffers=64MB",
            "-c", "max_connections=60"]);

    /// <summary>Stops it in good order: connections are ended, nothing is left to recover.</summary>
    public async Task StopAsync()
    {
        using PostgresProcess? process = Interlocked.Exchange(ref _process, null);
        if (process is not null)
        {
            await process.StopAsync();
        }
    }

    /// <summary>Kills it with all its processes, as a crash does.</summary>
    public async Task KillAsync()
    {
        using PostgresProcess? process = Interlocked.Exchange(ref _process, null);
        if (process is not null)
        {
            await process.KillAsync();
        }
    }

    /// <summary>Holds it: connections stay open, and nothing answers.</summary>
    public Task FreezeAsync() => _process!.SignalAllAsync("STOP");

    /// <summary>Lets it go on.</summary>
    public Task ThawAsync() => _process!.SignalAllAsync("CONT");

    /// <summary>Makes another empty database, and returns its connection string.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        string name = $"test_{Interlocked.Increment(ref _databases)}";
        await AdministrateAsync($"create database {name} owner {User}");
        return For(name);
    }

    /// <summary>Stops it and deletes its folder.</summary>
    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private static string FindBinaries()
    {
        const string Installed = "/usr/lib/postgresql";
        string? newest = Directory.Exists(Installed)
            ? Directory.EnumerateDirectories(Installed)
                .Select(version => Path.Combine(version, "bin"))
                .Where(folder => File.Exists(Path.Combine(folder, "initdb")))
                .MaxBy(folder => folder, StringComparer.Ordinal)
            : null;
        return newest ?? throw new InvalidOperationException(
            $"PostgreSQL is not in {Installed}; install Debian's package postgresql, as test.sh does");
    }

    private string For(string database) => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1",
        Port = Port,
        Username = User,
        Password = Password,
        Database = database,
    }.ConnectionString;

    private async Task AdministrateAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(Administrator);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
