using BenchmarkDotNet.Attributes;
using Google.Protobuf;
using Switchboard.Protocol.Envelope;
using Switchboard.Protocol.Envelope.Events;
using Switchboard.Protocol.Framing;

namespace Switchboard.Micro;

/// <summary>
/// One command read, one event written, the same as in <see cref="EnvelopeBenchmarks"/>: by our codec, and by the
/// generated classes of Google's library.
/// </summary>
public class ProtobufBenchmarks : IDisposable
{
    private readonly ProtobufEnvelopeCodec _codec = new();
    private readonly PooledBuffer _output = new();
    private readonly byte[] _publish = new V1.ClientMessage
    {
        Id = 17,
        Publish = new V1.PublishCommand
        {
            Room = "lobby",
            Json = ByteString.CopyFromUtf8("""{"text":"hello","n":[1,2,3]}"""),
            Key = "k-1",
            Echo = false,
        },
    }.ToByteArray();

    private readonly FeedMessage _message = new()
    {
        Offset = 4711,
        Time = 1_767_225_600_123,
        FromUser = "ann",
        FromConnection = "W0sPnVNvQ8yNbYV9mzH1kA",
        Data = new byte[64],
        DataKind = DataKind.Json,
    };

    [Benchmark]
    public bool DecodePublish() => _codec.TryDecode(_publish, FrameKind.Binary, default, out _, out _);

    [Benchmark]
    public ulong DecodePublishByTheLibrary() => V1.ClientMessage.Parser.ParseFrom(_publish.AsSpan()).Id;

    /// <summary>With 64 bytes of data.</summary>
    [Benchmark]
    public int EncodeMessage()
    {
        _output.Rewind();
        _codec.Encode(_output, new MessageEvent(FeedRef.OfRoom("lobby"), _message));
        return _output.Length;
    }

    /// <summary>The same. The data is not copied into the message, only out of it.</summary>
    [Benchmark]
    public int EncodeMessageByTheLibrary()
    {
        _output.Rewind();
        new V1.ServerMessage
        {
            Message = new V1.MessageEvent
            {
                Room = "lobby",
                Offset = (ulong)_message.Offset,
                Sender = new V1.Sender { User = _message.FromUser, Connection = _message.FromConnection },
                Time = _message.Time,
                Json = UnsafeByteOperations.UnsafeWrap(_message.Data),
            },
        }.WriteTo(_output);
        return _output.Length;
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _output.Dispose();
        GC.SuppressFinalize(this);
    }
}
