using System.Buffers;
using System.Text;
using BenchmarkDotNet.Attributes;
using Switchboard.Protocol.Handshake;

namespace Switchboard.Micro;

/// <summary>The opening handshake that Chromium sends, once per connection.</summary>
public class HandshakeBenchmarks
{
    private readonly HeadLimits _limits = new();
    private readonly HandshakeOptions _options = new()
    {
        Origins = new OriginPolicy(["https://play.example"]),
        Subprotocols = ["switchboard.v1.json"],
    };

    private readonly ReadOnlySequence<byte> _head = new(Encoding.ASCII.GetBytes(string.Join("\r\n",
        "GET /ws?user=ann HTTP/1.1",
        "Host: play.example",
        "Connection: Upgrade",
        "Pragma: no-cache",
        "Cache-Control: no-cache",
        "User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36",
        "Upgrade: websocket",
        "Origin: https://play.example",
        "Sec-WebSocket-Version: 13",
        "Accept-Encoding: gzip, deflate, br, zstd",
        "Accept-Language: en-GB,en;q=0.9",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
        "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits",
        "Sec-WebSocket-Protocol: switchboard.v1.json",
        "",
        "")));

    private RequestHead _parsed = null!;

    [GlobalSetup]
    public void SetUp() => _parsed = Parse();

    [Benchmark]
    public RequestHead Parse()
    {
        RequestHeadParser parser = default;
        return parser.Parse(_head, _limits).Head!;
    }

    /// <summary>One byte at a time.</summary>
    [Benchmark]
    public RequestHead ParseBytewise()
    {
        RequestHeadParser parser = default;
        long arrived = 0;
        RequestHeadResult result = default;
        while (!result.IsDone)
        {
            result = parser.Parse(_head.Slice(0, ++arrived), _limits);
        }

        return result.Head;
    }

    [Benchmark]
    public HandshakeResult Evaluate()
    {
        HandshakeResult result = ServerHandshake.Evaluate(_parsed, _options);
        return result.IsAccepted ? result : throw new InvalidOperationException(result.Refusal!.Text);
    }
}
