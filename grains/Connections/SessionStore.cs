using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using Orleans.Storage;
using Switchboard.Core.Connections;
using Switchboard.Core.Identifiers;

namespace Switchboard.Grains.Connections;

/// <summary>
/// Keeps connections while no socket holds them, so that they can be resumed after their silo died. Best effort: what
/// could not be written is lost with the silo only, and what could not be dropped is over with its grace period.
/// </summary>
internal sealed partial class SessionStore(IGrainStorage storage, ILogger<SessionStore> logger)
{
    private const string StateName = "switchboard.session";

    /// <summary>Keeps a connection; false where that could not be written.</summary>
    public async Task<bool> TryKeepAsync(ConnectionId connection, ConnectionState kept)
    {
        try
        {
            GrainState<Session> state = await ReadStateAsync(connection);
            state.State = new Session { Connection = kept };
            await storage.WriteStateAsync(StateName, IdOf(connection), state);
            return true;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            LogFailed(logger, "written", exception);
            return false;
        }
    }

    /// <summary>Drops a connection; false where it may still be there.</summary>
    public async Task<bool> TryDropAsync(ConnectionId connection)
    {
        try
        {
            GrainState<Session> state = await ReadStateAsync(connection);
            await storage.ClearStateAsync(StateName, IdOf(connection), state);
            return true;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            LogFailed(logger, "dropped", exception);
            return false;
        }
    }

    /// <summary>Null where nothing is kept, or the storage can't be reached.</summary>
    public async Task<ConnectionState?> ReadAsync(ConnectionId connection)
    {
        try
        {
            return (await ReadStateAsync(connection)).State?.Connection;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            LogFailed(logger, "read", exception);
            return null;
        }
    }

    private static GrainId IdOf(ConnectionId connection) => GrainId.Create(GrainTypes.Connection, connection.Value);

    private async Task<GrainState<Session>> ReadStateAsync(ConnectionId connection)
    {
        var state = new GrainState<Session>();
        await storage.ReadStateAsync(StateName, IdOf(connection), state);
        return state;
    }

    [LoggerMessage(1, LogLevel.Warning, "A detached connection could not be {What}")]
    private static partial void LogFailed(ILogger logger, string what, Exception exception);
}
