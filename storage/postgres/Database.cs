using System.Data.Common;
using System.Net.Sockets;
using Npgsql;
using Switchboard.Core.Storage;

namespace Switchboard.Storage.Postgres;

/// <summary>Where the database is: reads connection strings, and says in a line why it can't be used.</summary>
internal sealed class Database
{
    private readonly NpgsqlConnectionStringBuilder _settings;

    /// <exception cref="ArgumentException">The connection string is wrong; the message says how.</exception>
    public Database(string connectionString)
    {
        _settings = Parse(connectionString);
    }

    /// <summary>For messages: the database, the user and the server, but no password.</summary>
    private string Place =>
        $"database \"{_settings.Database}\" at {_settings.Host}:{_settings.Port} as user \"{_settings.Username}\"";

    /// <summary>Connections for the store. Waiting is limited by the tokens that are handed to each call.</summary>
    public NpgsqlDataSource Open(PostgresFeedStoreOptions options)
    {
        var settings = new NpgsqlConnectionStringBuilder(_settings.ConnectionString)
        {
            MaxPoolSize = options.MaxConnections,
            NoResetOnClose = true,
            Timeout = (int)Math.Ceiling(options.Timeout.TotalSeconds),
            CommandTimeout = 0,
            CancellationTimeout = 500,
        };
        settings.MinPoolSize = Math.Min(settings.MinPoolSize, settings.MaxPoolSize);
        settings.ApplicationName ??= "switchboard";
        if (settings.MaxAutoPrepare == 0 && !Names("Max Auto Prepare"))
        {
            settings.MaxAutoPrepare = 20;
            settings.AutoPrepareMinUsages = 2;
        }

        return NpgsqlDataSource.Create(settings);
    }

    /// <summary>Opens one connection that is not pooled.</summary>
    /// <exception cref="StoreException">It can't be opened.</exception>
    public async Task<NpgsqlConnection> ConnectAsync(CancellationToken cancel)
    {
        var settings = new NpgsqlConnectionStringBuilder(_settings.ConnectionString) { Pooling = false };
        settings.ApplicationName ??= "switchboard";
        var connection = new NpgsqlConnection(settings.ConnectionString);
        try
        {
            await connection.OpenAsync(cancel);
            return connection;
        }
        catch (Exception exception) when (IsFailure(exception))
        {
            await connection.DisposeAsync();
            throw new StoreException(Describe(exception), exception);
        }
    }

    /// <summary>Says why the database can't be used.</summary>
    public string Describe(Exception exception) => exception switch
    {
        PostgresException { SqlState: PostgresErrorCodes.InvalidPassword } =>
            $"wrong password for {Place}",
        PostgresException { SqlState: PostgresErrorCodes.InvalidAuthorizationSpecification } refused =>
            $"not let in to {Place}: {refused.MessageText}",
        PostgresException { SqlState: PostgresErrorCodes.InvalidCatalogName } =>
            $"there is no {Place}; create it first",
        PostgresException { SqlState: PostgresErrorCodes.InsufficientPrivilege } refused =>
            $"not allowed in {Place}: {refused.MessageText}",
        PostgresException { SqlState: PostgresErrorCodes.TooManyConnections } =>
            $"too many connections to {Place}; raise max_connections there, or lower MaxConnections here",
        PostgresException { SqlState: PostgresErrorCodes.CannotConnectNow } refused =>
            $"the server of {Place} is not ready: {refused.MessageText}",
        PostgresException refused =>
            $"{Place} answered with an error: {refused.MessageText} ({refused.SqlState})",
        NpgsqlException { InnerException: TimeoutException } or TimeoutException or OperationCanceledException =>
            $"no answer in time from {Place}",
        NpgsqlException { InnerException: SocketException socket } =>
            $"can't reach {Place}: {socket.Message}",
        _ => $"can't use {Place}: {exception.Message}",
    };

    /// <summary>What calls to the database throw when it is not usable.</summary>
    public static bool IsFailure(Exception exception) =>
        exception is DbException or SocketException or IOException or TimeoutException;

    /// <summary>
    /// True where the server is away or refuses everybody; false where it has answered, with an error about what it was
    /// asked.
    /// </summary>
    public static bool IsOutage(Exception exception) => exception switch
    {
        PostgresException { SqlState: PostgresErrorCodes.QueryCanceled } => true,
        // Connection, authorisation, catalog name, resources, operator's intervention, system error.
        PostgresException refused => refused.SqlState[..2] is "08" or "28" or "3D" or "53" or "57" or "58",
        OperationCanceledException => true,
        _ => IsFailure(exception),
    };

    private static NpgsqlConnectionStringBuilder Parse(string connectionString)
    {
        NpgsqlConnectionStringBuilder settings;
        try
        {
            settings = new NpgsqlConnectionStringBuilder(connectionString);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or KeyNotFoundException)
        {
            // The exception itself might show what stands in the string, and with it the password.
            throw new ArgumentException(
                $"the connection string can't be read ({Reason(exception)}); it is made of Name=Value pairs between "
                + "semicolons, such as Host=db;Database=switchboard;Username=switchboard;Password=…",
                nameof(connectionString));
        }

        string? missing = string.IsNullOrEmpty(settings.Host) ? "Host"
            : string.IsNullOrEmpty(settings.Database) ? "Database"
            : string.IsNullOrEmpty(settings.Username) ? "Username"
            : null;
        return missing is null
            ? settings
            : throw new ArgumentException($"the connection string has no {missing}", nameof(connectionString));
    }

    private static string Reason(Exception exception)
    {
        string message = exception.Message;
        int parameter = message.IndexOf(" (Parameter", StringComparison.Ordinal);
        return parameter < 0 ? message : message[..parameter];
    }

    private bool Names(string setting) => ((DbConnectionStringBuilder)_settings).ShouldSerialize(setting);
}
