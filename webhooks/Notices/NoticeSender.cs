using Microsoft.Extensions.Logging;
using Switchboard.Core.Identifiers;
using Switchboard.Webhooks.Metrics;
using Switchboard.Webhooks.Sending;

namespace Switchboard.Webhooks.Notices;

/// <summary>
/// Tells one endpoint in the background what happened: again and again where it does not listen, and at least once,
/// but for what is dropped.
/// </summary>
internal sealed partial class NoticeSender(
    Endpoint endpoint, WebhookClient client, IRandomSource random, TimeProvider time, WebhookMetrics metrics, ILogger logger)
    : IDisposable
{
    private const string Full = "full";
    private const string Attempts = "attempts";
    private const string Stopped = "stopped";

    private readonly Lock _gate = new();
    private readonly NoticeQueue _queue = new(endpoint.Options.MaxInFlight, endpoint.Options.MaxWaiting);
    private readonly CancellationTokenSource _hurry = new();
    private readonly CancellationTokenSource _abort = new();
    private readonly MinuteGate _failures = new(time);
    private readonly MinuteGate _drops = new(time);
    private TaskCompletionSource? _idle;
    private bool _stopped;

    public Endpoint Endpoint => endpoint;

    /// <summary>Puts one in line. Never waits; thread-safe.</summary>
    public void Add(Notice notice)
    {
        Notice? dropped = null;
        int? lane = null;
        bool stopped;
        lock (_gate)
        {
            stopped = _stopped;
            if (!stopped)
            {
                dropped = _queue.Add(notice, out lane);
            }
        }

        if (stopped)
        {
            Drop(notice, Stopped);
            return;
        }

        metrics.Waiting(1);
        if (dropped is not null)
        {
            metrics.Waiting(-1);
            Drop(dropped, Full);
        }

        if (lane is { } index)
        {
            _ = Task.Run(() => RunAsync(index));
        }
    }

    /// <summary>Takes no more, and tries what is left once more each. What is left after the time for it is dropped.</summary>
    public async Task StopAsync(TimeSpan limit, CancellationToken cancellation)
    {
        Task idle;
        lock (_gate)
        {
            _stopped = true;
            _idle ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            idle = _queue.Running == 0 ? Task.CompletedTask : _idle.Task;
        }

        await _hurry.CancelAsync();
        try
        {
            await idle.WaitAsync(limit, time, cancellation);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            await _abort.CancelAsync();
            await idle;
        }
    }

    public void Dispose()
    {
        _hurry.Dispose();
        _abort.Dispose();
    }

    private async Task RunAsync(int lane)
    {
        while (Take(lane) is { } notice)
        {
            metrics.Waiting(-1);
            try
            {
                await DeliverAsync(notice);
            }
            catch (OperationCanceledException) when (_abort.IsCancellationRequested)
            {
                Drop(notice, Stopped);
            }
        }
    }

    private Notice? Take(int lane)
    {
        lock (_gate)
        {
            Notice? next = _queue.Take(lane);
            if (next is null && _queue.Running == 0)
            {
                _idle?.TrySetResult();
            }

            return next;
        }
    }

    private async Task DeliverAsync(Notice notice)
    {
        for (int attempt = 1; ; attempt++)
        {
            bool last = _hurry.IsCancellationRequested || attempt == endpoint.Options.Retry.Attempts;
            PostResult result = await client.PostAsync(notice.Id, notice.Body, reads: false, _abort.Token);
            if (result.IsTaken)
            {
                metrics.Sent(notice.Event);
                return;
            }

            metrics.Failed(notice.Event);
            if (_failures.TryPass(out long count))
            {
                LogFailed(logger, endpoint.Name, result.Reason, count);
            }

            if (last)
            {
                Drop(notice, _hurry.IsCancellationRequested ? Stopped : Attempts);
                return;
            }

            await PauseAsync(Backoff.After(endpoint.Options.Retry, attempt, random));
        }
    }

    // Cut short by a stop.
    private async Task PauseAsync(TimeSpan pause)
    {
        try
        {
            await Task.Delay(pause, time, _hurry.Token);
        }
        catch (OperationCanceledException)
        {
            _abort.Token.ThrowIfCancellationRequested();
        }
    }

    private void Drop(Notice notice, string reason)
    {
        metrics.Dropped(notice.Event, reason);
        if (_drops.TryPass(out long count))
        {
            LogDropped(logger, endpoint.Name, reason, count);
        }
    }
}
