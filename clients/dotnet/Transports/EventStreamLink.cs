using System.Text.Json;
using Switchboard.Client.Session;
using Switchboard.Client.Wire;

namespace Switchboard.Client.Transports;

/// <summary>One stream of events. Its commands go to whichever server holds it.</summary>
internal sealed class EventStreamLink(FallbackHttp http, HttpResponseMessage response, TimeProvider time) : ILink
{
    private const int LongestEvent = 64 * 1024 * 1024;

    // Without a timer there is nothing in it to dispose of, and who breaks off may come late.
    private readonly CancellationTokenSource _over = new();

    // Two requests at a time would have the same number, and the second count as the first, repeated.
    private readonly SemaphoreSlim _turn = new(1);

    public bool TakesConnect => false;

    public bool NeedsHeartbeat => true;

    public int MaxCommands => 100;

    public async Task<LinkEnd> ReceiveAsync(ILinkReceiver receiver)
    {
        EventLines lines = new();
        try
        {
            await using Stream stream = await response.Content.ReadAsStreamAsync(_over.Token);
            while (lines.Waiting < LongestEvent)
            {
                int count = await stream.ReadAsync(lines.Free(), _over.Token);
                if (count == 0)
                {
                    return new LinkEnd(LinkEnd.Abnormal, "the stream of events ended");
                }

                receiver.OnHeard();
                lines.Advance(count);
                while (lines.TryTake(out ReadOnlyMemory<byte> data))
                {
                    if (ClosedEvent.TryRead(data.Span) is { } end)
                    {
                        return end;
                    }

                    await receiver.OnEventAsync(data, isBinary: false);
                }
            }

            return new LinkEnd(LinkEnd.Abnormal, $"the server sent more than {LongestEvent} bytes as one event");
        }
        catch (JsonException e)
        {
            return new LinkEnd(LinkEnd.Abnormal, $"the server sent what is not an event: {e.Message}") { Cause = e };
        }
        catch (Exception e) when (HttpFailures.IsOne(e) || e is OperationCanceledException or ObjectDisposedException)
        {
            return new LinkEnd(LinkEnd.Abnormal, e.GetBaseException().Message) { Cause = e };
        }
        finally
        {
            lines.Release();
            await _over.CancelAsync();
        }
    }

    public async ValueTask SendAsync(OutgoingBatch batch)
    {
        try
        {
            while (await TrySendAsync(batch, closes: false, _over.Token) is { } pause)
            {
                await Task.Delay(pause, time, _over.Token);
            }
        }
        catch (OperationCanceledException e)
        {
            throw new LinkException(new LinkEnd(LinkEnd.Abnormal, "the stream of events is over") { Cause = e });
        }
    }

    public async ValueTask CloseAsync(CancellationToken cancellationToken)
    {
        try
        {
            await TrySendAsync(null, closes: true, cancellationToken);
        }
        catch (Exception e) when (e is LinkException or OperationCanceledException or ObjectDisposedException)
        {
            // It is gone already, or does not listen; the grace period ends it.
        }
    }

    public void Abort() => _over.Cancel();

    public ValueTask DisposeAsync()
    {
        response.Dispose();
        http.Dispose();
        return default;
    }

    private async Task<TimeSpan?> TrySendAsync(OutgoingBatch? batch, bool closes, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            return await http.TrySendAsync(batch, closes, cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }
}
