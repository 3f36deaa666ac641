using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using Orleans.Storage;
using Switchboard.Core.Users;

namespace Switchboard.Grains.Users;

/// <summary>Keeps the list of bans, as one row that is written whole: it is bounded, and seldom changes.</summary>
internal sealed partial class BanStore(IGrainStorage storage, ILogger<BanStore> logger)
{
    private const string StateName = "switchboard.bans";

    private static readonly GrainId Id = GrainId.Create(GrainTypes.Bans, "0");

    /// <exception cref="OrleansException">The storage can't be read.</exception>
    public async Task<Ban[]> ReadAsync()
    {
        try
        {
            return (await ReadStateAsync()).State?.Bans ?? [];
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            LogFailed(logger, "read", exception);
            throw new OrleansException("the list of bans can't be read");
        }
    }

    /// <summary>False where the storage did not take it, which is logged.</summary>
    public async Task<bool> TryWriteAsync(Ban[] bans)
    {
        try
        {
            GrainState<KeptBans> state = await ReadStateAsync();
            state.State = new KeptBans { Bans = bans };
            await storage.WriteStateAsync(StateName, Id, state);
            return true;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            LogFailed(logger, "written", exception);
            return false;
        }
    }

    private async Task<GrainState<KeptBans>> ReadStateAsync()
    {
        var state = new GrainState<KeptBans>();
        await storage.ReadStateAsync(StateName, Id, state);
        return state;
    }

    [LoggerMessage(1, LogLevel.Warning, "The list of bans could not be {What}")]
    private static partial void LogFailed(ILogger logger, string what, Exception exception);
}
