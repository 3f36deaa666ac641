using System.Text.Json;
using Switchboard.Client.Session;
using Switchboard.Client.Wire;

namespace Switchboard.Client.Transports;

/// <summary>One poll after another, each from the positions of what was received. Commands go to the poll that waits.</summary>
internal sealed class PollingLink(FallbackHttp http, byte[] first, TimeProvider time) : ILink
{
    private const int Wait = 25;

    // Beyond what a poll waits for by itself, it is dead.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(Wait + 15);

    // Without a timer there is nothing in it to dispose of, and who breaks off may come late.
    private readonly CancellationTokenSource _over = new();

    // A poll says what number the next send will have: so none begins while a send is under way.
    private readonly SemaphoreSlim _turn = new(1);

    public bool TakesConnect => false;

    public bool NeedsHeartbeat => false;

    public int MaxCommands => 100;

    public async Task<LinkEnd> ReceiveAsync(ILinkReceiver receiver)
    {
        try
        {
            LinkEnd? end = await TakeAsync(first, receiver);
            while (end is null)
            {
                _over.Token.ThrowIfCancellationRequested();
                byte[] events = await PollAsync();
                end = IsRefusal(events)
                    ? new LinkEnd(LinkEnd.Abnormal, "the server refused to go on with the connection")
                    : await TakeAsync(events, receiver);
            }

            return end;
        }
        catch (LinkException e)
        {
            return e.End;
        }
        catch (JsonException e)
        {
            return new LinkEnd(LinkEnd.Abnormal, $"the server sent what is not an event: {e.Message}") { Cause = e };
        }
        catch (OperationCanceledException e)
        {
            return new LinkEnd(LinkEnd.Abnormal, "a poll was not answered in time") { Cause = e };
        }
        finally
        {
            await _over.CancelAsync();
        }
    }

    public async ValueTask SendAsync(OutgoingBatch batch)
    {
        try
        {
            while (await TrySendAsync(batch) is { } pause)
            {
                await Task.Delay(pause, time, _over.Token);
            }
        }
        catch (OperationCanceledException e)
        {
            throw new LinkException(new LinkEnd(LinkEnd.Abnormal, "the polling is over") { Cause = e });
        }
    }

    public async ValueTask CloseAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _turn.WaitAsync(cancellationToken);
            try
            {
                using HttpResponseMessage answer = await http.PollAsync(wait: 0, closes: true, cancellationToken);
            }
            finally
            {
                _turn.Release();
            }
        }
        catch (Exception e) when (e is LinkException or OperationCanceledException or ObjectDisposedException)
        {
            // It is gone already, or does not listen; the grace period ends it.
        }
    }

    public void Abort() => _over.Cancel();

    public async ValueTask DisposeAsync()
    {
        // The poll that waits ends when one that says goodbye comes in, which is to be answered yet.
        await _turn.WaitAsync();
        http.Dispose();
    }

    private async Task<TimeSpan?> TrySendAsync(OutgoingBatch batch)
    {
        await _turn.WaitAsync(_over.Token);
        try
        {
            return await http.TrySendAsync(batch, closes: false, _over.Token);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<byte[]> PollAsync()
    {
        using CancellationTokenSource limit = time.CreateLimit(Longest);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, _over.Token);
        Task<HttpResponseMessage> poll;
        await _turn.WaitAsync(either.Token);
        try
        {
            poll = http.PollAsync(Wait, closes: false, either.Token);
        }
        finally
        {
            _turn.Release();
        }

        using HttpResponseMessage answer = await poll;
        return await answer.Content.ReadAsByteArrayAsync(either.Token);
    }

    // An error in place of the welcome. Who connects anew is told the same, and knows what to do.
    private static bool IsRefusal(ReadOnlySpan<byte> events) => events.StartsWith("[{\"type\":\"error\""u8);

    // Events of an array, one by one.
    private static async ValueTask<LinkEnd?> TakeAsync(byte[] events, ILinkReceiver receiver)
    {
        receiver.OnHeard();
        foreach (Range range in Split(events))
        {
            ReadOnlyMemory<byte> message = events.AsMemory()[range];
            if (ClosedEvent.TryRead(message.Span) is { } end)
            {
                return end;
            }

            await receiver.OnEventAsync(message, isBinary: false);
        }

        return null;
    }

    private static List<Range> Split(byte[] events)
    {
        List<Range> ranges = [];
        Utf8JsonReader reader = new(events);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray)
        {
            throw new JsonException("the answer to a poll is not an array");
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            int start = (int)reader.TokenStartIndex;
            reader.Skip();
            ranges.Add(start..(int)reader.BytesConsumed);
        }

        return ranges;
    }
}
