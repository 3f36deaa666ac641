using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Switchboard.Client.Session;
using Switchboard.Client.Transports;
using Switchboard.Client.Wire;

namespace Switchboard.Client.Tests.Testing;

/// <summary>A server that answers every publish at once, and allocates nothing for it.</summary>
internal sealed class CountingServer : ITransport, ILink
{
    private static readonly byte[] Published = Encoding.UTF8.GetBytes(
        """{"type":"published","id":00000000000000000000,"room":"r","epoch":"00000000000000cc","offset":1}""");

    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ILinkReceiver? _receiver;

    public bool TakesConnect => true;

    public bool NeedsHeartbeat => false;

    public int MaxCommands => 100;

    public SwitchboardClient CreateClient() =>
        new(new SwitchboardClientOptions { Url = new Uri("http://test") }, [this], new Random(1));

    public ValueTask<ILink> OpenAsync(LinkRequest request, CancellationToken cancellationToken) => ValueTask.FromResult<ILink>(this);

    public async Task<LinkEnd> ReceiveAsync(ILinkReceiver receiver)
    {
        _receiver = receiver;
        await _over.Task;
        return new LinkEnd(1000, "over");
    }

    public async ValueTask SendAsync(OutgoingBatch batch)
    {
        for (int i = 0; i < batch.Count; i++)
        {
            await AnswerAsync(batch[i].Bytes);
        }
    }

    public ValueTask CloseAsync(CancellationToken cancellationToken) => DisposeAsync();

    public void Abort() => _over.TrySetResult();

    public ValueTask DisposeAsync()
    {
        Abort();
        return default;
    }

    private ValueTask AnswerAsync(ReadOnlyMemory<byte> command)
    {
        long id = ReadId(command.Span, out bool isConnect);
        if (isConnect)
        {
            return _receiver!.OnEventAsync(Encoding.UTF8.GetBytes(
                $$$"""
                {"type":"welcome","id":{{{id}}},"connection":"c-1","user":"ann","resume":"t-1","resumed":false,
                "positions":{"user":{"epoch":"00000000000000aa","offset":0},"connection":{"epoch":"00000000000000bb","offset":0}} }
                """), false);
        }

        // The number ends where there was room for the longest one; a space may stand in front of the comma.
        Span<byte> room = Published.AsSpan(""" {"type":"published","id":""".Length - 1, 20);
        room.Fill((byte)' ');
        Utf8Formatter.TryFormat(id, room, out _);
        return _receiver!.OnEventAsync(Published, false);
    }

    private static long ReadId(ReadOnlySpan<byte> command, out bool isConnect)
    {
        Utf8JsonReader reader = new(command);
        isConnect = false;
        while (reader.Read())
        {
            isConnect |= reader.TokenType == JsonTokenType.String && reader.ValueTextEquals("connect"u8);
            if (reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("id"u8))
            {
                reader.Read();
                return reader.GetInt64();
            }
        }

        throw new InvalidOperationException("a command without an id");
    }
}
