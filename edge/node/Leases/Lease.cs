using Switchboard.GrainInterfaces;
using Switchboard.GrainInterfaces.Edges;
using Switchboard.Node.Cluster;
using Switchboard.Node.Connections;
using Switchboard.Node.Metrics;

namespace Switchboard.Node.Leases;

/// <summary>
/// Makes this edge known to the cluster and keeps it so. Where the cluster may have forgotten what is here, because the
/// lease has ended or a silo is gone, all connections are claimed.
/// </summary>
internal sealed partial class Lease(
    Func<EdgeRegistration> register,
    ICluster cluster,
    ClaimSweep sweep,
    TimeProvider time,
    NodeMetrics metrics,
    ILogger<Lease> logger) : IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _registered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<string> _refused = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private EdgeRegistration? _registration;
    private string? _waitsFor = "the cluster has not been reached yet";
    private TimeSpan _length;
    private long _renewed;
    private volatile bool _isAsking;
    private volatile bool _hasFailed;
    private Task _running = Task.CompletedTask;

    /// <summary>Completes when this edge is known to the cluster for the first time.</summary>
    public Task Registered => _registered.Task;

    /// <summary>Completes, with what is wrong, when the cluster won't have this edge, now or later.</summary>
    public Task<string> Refused => _refused.Task;

    /// <summary>The silos that were alive when the lease was last renewed.</summary>
    public IReadOnlyList<string> Silos { get; private set; } = [];

    /// <summary>Called when a silo is gone, or may be.</summary>
    public Action? OnSilosGone { get; set; }

    /// <summary>Why clients should not be sent here; null where they can.</summary>
    public string? NotReady => Volatile.Read(ref _waitsFor)
        ?? (SinceRenewal > _length ? $"the cluster has not answered for {SinceRenewal.TotalSeconds:0} s" : null);

    /// <summary>
    /// Whether the cluster has not answered for so long that nobody should wait for it any more: for two leases. One that has
    /// lost the silo of its registry is back by then.
    /// </summary>
    public bool IsAway => Volatile.Read(ref _waitsFor) is not null || SinceRenewal > 2 * _length;

    /// <summary>
    /// Whether nothing is under way that is due by the clock: for who moves the clock. A renewal that failed is tried again later.
    /// </summary>
    public bool IsUpToDate => !_isAsking && (_hasFailed || _waitsFor is not null || SinceRenewal < 2 * Period);

    private TimeSpan SinceRenewal => time.GetElapsedTime(Volatile.Read(ref _renewed));

    public void Start() => _running = RunAsync();

    /// <summary>Stops renewing.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _running;
    }

    /// <summary>After the stop: ends the lease, so that nobody has to wait for it.</summary>
    public async Task UnregisterAsync()
    {
        if (_registration is { } registration)
        {
            await TryAsync(async () =>
            {
                await cluster.Registry.UnregisterAsync(registration.Edge);
                return registration;
            });
        }
    }

    public void Dispose() => _stop.Dispose();

    private async Task RunAsync()
    {
        try
        {
            while (await RegisterAsync())
            {
                await RenewAsync();
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            Volatile.Write(ref _waitsFor, "this edge is stopping");
        }
    }

    private async Task<bool> RegisterAsync()
    {
        long? takenSince = null;
        while (true)
        {
            RegisterAnswer? answer = await TryAsync(() => cluster.Registry.RegisterAsync(_registration ??= register()));
            switch (answer?.Status)
            {
                case RegisterStatus.Ok:
                    OnRegistered(answer);
                    return true;
                case RegisterStatus.OtherContract:
                    return Refuse(
                        $"this edge speaks version {Contract.Version} of the contract, and the cluster version "
                        + $"{answer.ContractVersion}; run the same release on both");
                case RegisterStatus.NameTaken:
                    takenSince ??= time.GetTimestamp();
                    if (time.GetElapsedTime(takenSince.Value) > 2 * answer.Lease)
                    {
                        return Refuse(
                            $"another edge of the name '{_registration!.Name}' is running; "
                            + "give each its own with Switchboard:Node:Name");
                    }

                    Wait($"another edge of the name '{_registration!.Name}' is known; waiting for its lease to end");
                    break;
                default:
                    Wait("the cluster does not answer");
                    break;
            }

            await Task.Delay(Period, time, _stop.Token);
        }
    }

    // Returns when this edge has to register again.
    private async Task RenewAsync()
    {
        bool hasLapsed = false;
        while (true)
        {
            await Task.Delay(Period, time, _stop.Token);
            RenewAnswer? answer = await TryAsync(() => cluster.Registry.RenewAsync(_registration!.Edge));
            if (answer is null)
            {
                metrics.RenewalFailed();
                if (!hasLapsed && SinceRenewal > _length)
                {
                    hasLapsed = true;
                    LogLapsed(logger, SinceRenewal);
                }
            }
            else if (!answer.Known)
            {
                LogForgotten(logger);
                return;
            }
            else
            {
                OnRenewed(answer, hasLapsed);
                hasLapsed = false;
            }
        }
    }

    private void OnRegistered(RegisterAnswer answer)
    {
        bool isFirst = !_registered.Task.IsCompleted;
        _length = answer.Lease;
        Volatile.Write(ref _renewed, time.GetTimestamp());
        Volatile.Write(ref _waitsFor, null);
        LogRegistered(logger, _registration!.Edge, _length);
        _registered.TrySetResult();
        if (!isFirst)
        {
            sweep.StartOver();
        }
    }

    private void OnRenewed(RenewAnswer answer, bool hasLapsed)
    {
        // The time between the last renewal and this answer may be longer than the lease without any call having failed.
        hasLapsed |= SinceRenewal > _length;
        string[] gone = [.. Silos.Except(answer.Silos)];
        Silos = answer.Silos;
        Volatile.Write(ref _renewed, time.GetTimestamp());
        if (gone.Length > 0)
        {
            LogGone(logger, string.Join(", ", gone));
        }

        if (hasLapsed || gone.Length > 0)
        {
            OnSilosGone?.Invoke();
            sweep.StartOver();
        }
    }

    private bool Refuse(string problem)
    {
        Volatile.Write(ref _waitsFor, problem);
        _refused.TrySetResult(problem);
        return false;
    }

    private void Wait(string what)
    {
        if (what != _waitsFor)
        {
            Volatile.Write(ref _waitsFor, what);
            LogWaiting(logger, what);
        }
    }

    private async ValueTask<T?> TryAsync<T>(Func<ValueTask<T>> call)
        where T : class
    {
        _isAsking = true;
        _hasFailed = true;
        try
        {
            T answer = await call();
            _hasFailed = false;
            return answer;
        }
        catch (Exception e) when (ClusterFaults.IsAway(e))
        {
            metrics.CallFailed(e);
            return null;
        }
        catch (Exception e)
        {
            // A registry that fails is no reason to be forgotten for good: it is asked again, a second later.
            LogFailed(logger, e);
            return null;
        }
        finally
        {
            _isAsking = false;
        }
    }
}
