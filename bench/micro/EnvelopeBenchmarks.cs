using BenchmarkDotNet.Attributes;
using Switchboard.Protocol.Envelope;
using Switchboard.Protocol.Envelope.Events;
using Switchboard.Protocol.Framing;

namespace Switchboard.Micro;

/// <summary>One command read, one event written.</summary>
public class EnvelopeBenchmarks : IDisposable
{
    private readonly JsonEnvelopeCodec _codec = new();
    private readonly PooledBuffer _output = new();
    private readonly byte[] _scratch = new byte[EnvelopeLimits.ScratchBytes];
    private readonly byte[] _publish =
        """{"type":"publish","id":17,"room":"lobby","data":{"text":"hello","n":[1,2,3]},"key":"k-1","echo":false}"""u8.ToArray();

    private readonly byte[] _escaped =
        """{"\u0074ype":"pub\u006cish","id":17,"room":"\u006cobby\ud83d\ude00","data":"\u0041","key":"\u006b"}"""u8.ToArray();

    private readonly byte[] _broken = """{"type":"publish","id":17,"room":"lobby","data":{"text":"hel"""u8.ToArray();

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
    public bool DecodePublish() => Decode(_publish);

    /// <summary>Every string with an escape in it.</summary>
    [Benchmark]
    public bool DecodeEscapedPublish() => Decode(_escaped);

    /// <summary>Ends in the midst of a string.</summary>
    [Benchmark]
    public bool RefuseBrokenPublish() => !Decode(_broken);

    /// <summary>With 64 bytes of data.</summary>
    [Benchmark]
    public int EncodeMessage()
    {
        _output.Rewind();
        _codec.Encode(_output, new MessageEvent(FeedRef.OfRoom("lobby"), _message));
        return _output.Length;
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _output.Dispose();
        GC.SuppressFinalize(this);
    }

    private bool Decode(byte[] message) => _codec.TryDecode(message, FrameKind.Text, _scratch, out _, out _);
}
