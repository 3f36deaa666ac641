using System.Globalization;
using Npgsql;
using Switchboard.Core.Storage;

namespace Switchboard.Storage.Postgres;

/// <summary>
/// The tables of Switchboard, and those in which Orleans keeps its members and the state of its grains. Versioned; what
/// one version adds can be applied again without harm.
/// </summary>
public static class Schema
{
    /// <summary>The version that this program needs.</summary>
    public const int Version = 1;

    // Of whoever applies the schema; any number that nobody else uses will do.
    private const long ApplyLock = 0x5377_6368_656d_61;

    private const string HowToApply = "apply it with the command \"schema apply\"";

    private static readonly string[] Scripts = ["schema/1-feeds.sql", "schema/2-orleans.sql"];

    /// <summary>
    /// Brings the database to <see cref="Version"/>, all or nothing. Several processes may do it at once: they take turns.
    /// </summary>
    /// <exception cref="ArgumentException">The connection string is wrong.</exception>
    /// <exception cref="StoreException">It can't be applied: the message says why.</exception>
    public static async Task ApplyAsync(string connectionString, CancellationToken cancel)
    {
        var database = new Database(connectionString);
        await using NpgsqlConnection connection = await database.ConnectAsync(cancel);
        try
        {
            await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancel);
            await ExecuteAsync($"select pg_advisory_xact_lock({ApplyLock})");
            if (await FindVersionAsync(connection, cancel) is > Version and var found)
            {
                throw new StoreException(TooNew(found));
            }

            await ExecuteAsync("set local client_min_messages = warning");
            await ExecuteAsync(
                "create table if not exists switchboard_schema "
                + "(single boolean primary key default true check (single), version integer not null)");
            foreach (string script in Scripts)
            {
                await ExecuteAsync(Read(script));
            }

            await ExecuteAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"""
                insert into switchboard_schema (version) values ({Version})
                on conflict (single) do update set version = {Version}
                """));
            await transaction.CommitAsync(cancel);
        }
        catch (Exception exception) when (Database.IsFailure(exception))
        {
            throw new StoreException(database.Describe(exception), exception);
        }

        async Task ExecuteAsync(string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection);
            await command.ExecuteNonQueryAsync(cancel);
        }
    }

    /// <summary>Returns where the database has the schema that this program needs.</summary>
    /// <exception cref="ArgumentException">The connection string is wrong.</exception>
    /// <exception cref="StoreException">The database can't be used, or has no schema, an older or a newer one.</exception>
    public static async Task CheckAsync(string connectionString, CancellationToken cancel)
    {
        var database = new Database(connectionString);
        await using NpgsqlConnection connection = await database.ConnectAsync(cancel);
        await CheckAsync(database, connection, cancel);
    }

    /// <summary>
    /// Gives every feed a new epoch, so that no client's position is taken for one of the feed as it is now. For a
    /// database that was restored from a backup; while no silo and no other program uses it.
    /// </summary>
    /// <returns>How many feeds there are.</returns>
    /// <exception cref="ArgumentException">The connection string is wrong.</exception>
    /// <exception cref="StoreException">The database can't be used, or has not the schema that this program needs.</exception>
    public static async Task<int> RenewEpochsAsync(string connectionString, CancellationToken cancel)
    {
        var database = new Database(connectionString);
        await using NpgsqlConnection connection = await database.ConnectAsync(cancel);
        await CheckAsync(database, connection, cancel);

        // At random, as the same backup may be restored twice, with another future each time.
        await using var renew = new NpgsqlCommand(
            "update switchboard_feeds "
            + "set epoch = ('x' || left(md5(gen_random_uuid()::text), 16))::bit(64)::bigint",
            connection);
        try
        {
            return await renew.ExecuteNonQueryAsync(cancel);
        }
        catch (Exception exception) when (Database.IsFailure(exception))
        {
            throw new StoreException(database.Describe(exception), exception);
        }
    }

    internal static async Task CheckAsync(Database database, NpgsqlConnection connection, CancellationToken cancel)
    {
        int? found;
        try
        {
            found = await FindVersionAsync(connection, cancel);
        }
        catch (Exception exception) when (Database.IsFailure(exception))
        {
            throw new StoreException(database.Describe(exception), exception);
        }

        string? problem = found switch
        {
            null => $"the database has no schema of Switchboard yet; {HowToApply}",
            < Version => $"the database's schema is too old: it has version {found}, needed is {Version}; {HowToApply}",
            > Version and var newer => TooNew(newer),
            _ => null,
        };
        if (problem is not null)
        {
            throw new StoreException(problem);
        }
    }

    private static string TooNew(int found) =>
        $"this program is older than the database's schema: it knows version {Version}, the database has {found}; "
        + "run a newer program";

    private static async Task<int?> FindVersionAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var exists = new NpgsqlCommand("select to_regclass('switchboard_schema') is not null", connection);
        if (await exists.ExecuteScalarAsync(cancel) is not true)
        {
            return null;
        }

        await using var read = new NpgsqlCommand("select version from switchboard_schema", connection);
        return (int?)await read.ExecuteScalarAsync(cancel);
    }

    private static string Read(string script)
    {
        using Stream stream = typeof(Schema).Assembly.GetManifestResourceStream(script)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
