using System.Collections.Frozen;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using Switchboard.Core.Identifiers;
using Switchboard.Core.Users;
using Switchboard.GrainInterfaces.Users;

namespace Switchboard.Grains.Users;

/// <summary>
/// What this silo knows of the bans: it asks for the list once a second, so that a user's grain that comes up anew need
/// not. A silo that has just started knows none for up to that long.
/// </summary>
internal sealed partial class BanDirectory(
    IGrainFactory grains, BanStore? store, TimeProvider time, ILogger<BanDirectory> logger)
    : ILifecycleParticipant<ISiloLifecycle>, IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stopping = new();
    private volatile FrozenDictionary<UserName, Ban> _bans = FrozenDictionary<UserName, Ban>.Empty;
    private long _version;
    private Task _polling = Task.CompletedTask;

    /// <summary>Where the list is kept; null for nowhere.</summary>
    public BanStore? Store => store;

    public void Participate(ISiloLifecycle lifecycle) => lifecycle.Subscribe(
        nameof(BanDirectory),
        ServiceLifecycleStage.Active,
        _ =>
        {
            _polling = PollAsync();
            return Task.CompletedTask;
        },
        async _ =>
        {
            await _stopping.CancelAsync();
            await _polling;
        });

    public void Dispose() => _stopping.Dispose();

    /// <summary>The ban of a user as this silo knows it; null for none.</summary>
    public Ban? Find(UserName user) => _bans.GetValueOrDefault(user);

    private async Task PollAsync()
    {
        using var timer = new PeriodicTimer(Period, time);
        try
        {
            do
            {
                try
                {
                    await ReadAsync();
                }
                catch (Exception exception) when (ClusterFault.Is(exception))
                {
                    LogUnreachable(logger, exception.Message);
                }
            }
            while (await timer.WaitForNextTickAsync(_stopping.Token));
        }
        catch (OperationCanceledException)
        {
            // The silo stops.
        }
    }

    private async Task ReadAsync()
    {
        BanSnapshot snapshot = await grains.GetGrain<IBanListGrain>(0).ReadAsync(_version);
        if (snapshot.Bans is { } bans)
        {
            _bans = bans.ToFrozenDictionary(static ban => ban.User);
            _version = snapshot.Version;
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "The list of bans did not answer: {Problem}")]
    private static partial void LogUnreachable(ILogger logger, string problem);
}
