using System.Buffers;
using System.Buffers.Binary;
using System.Text.Json;
using Switchboard.Protocol.Envelope;

namespace Switchboard.Protocol.Tests.Envelope;

public sealed class EncodeTests
{
    /// <summary>Every event in every shape that the examples of docs/protocol.md don't show already.</summary>
    public static readonly TheoryData<string> Events =
    [
        """{"type":"ok"}""",
        """{"type":"ok","id":9007199254740991}""",
        """{"type":"pong","time":0}""",
        """{"type":"left","room":"a\"b\\c/d\u2028\u2029é😀<>&'+`"}""",
        """{"type":"left","id":1,"room":"r","reason":"line\nbreak\u0000\u001f\u007f\t"}""",
        """{"type":"joined","room":"r","epoch":"ffffffffffffffff","offset":9007199254740991}""",
        """{"type":"joined","room":"r","epoch":"0000000000000000","offset":0,"recovered":false,"reason":"ahead"}""",
        """{"type":"joined","room":"r","epoch":"000000000000000f","offset":1,"presence":{"mode":"full","version":0,"count":0,"members":[]}}""",
        """{"type":"published","id":1,"room":"r","duplicate":true}""",
        """{"type":"sent","id":1}""",
        """{"type":"sent","id":1,"epoch":"00000000000000ab","offset":5,"duplicate":true}""",
        """{"type":"history","room":"r","epoch":"00000000000000ab","offset":5,"messages":[],"more":false}""",
        """{"type":"history","id":1,"feed":"connection","epoch":"00000000000000ab","offset":5,"messages":[{"offset":1,"time":-1,"base64":""},{"offset":2,"time":1,"data":null}],"more":true}""",
        """{"type":"presence","room":"r","mode":"count","version":3,"count":2000000000}""",
        """{"type":"presence_change","room":"r","after":1,"version":2,"count":0,"left":["a","b\u0022"]}""",
        """{"type":"presence_change","room":"r","after":1,"version":2,"count":2,"joined":[{"user":"u","connection":"c"},{"user":"v\u0022","connection":"d","state":{}}]}""",
        """{"type":"presence_change","room":"r","after":1,"version":2,"count":2,"updated":[{"user":"u","connection":"c"}]}""",
        """{"type":"message","feed":"connection","time":1,"class":"volatile","data":""}""",
        """{"type":"message","room":"\"","offset":1,"from":{"user":"\\","connection":"\n"},"time":1,"class":"latest","slot":"\u0001","data":[[],{}]}""",
        """{"type":"expiring","room":"\"","in":0}""",
        """{"type":"error","code":"bad_field","message":"\"quoted\" and ünïcode"}""",
    ];

    [Theory]
    [MemberData(nameof(Events))]
    public void Encode_Event_MeansWhatSystemTextJsonRead(string json) => AssertRewritten(json);

    /// <summary>Asserts that the codec writes what means the same, its type first, into any buffer.</summary>
    internal static void AssertRewritten(string json)
    {
        using var expected = JsonDocument.Parse(json);
        var output = new ArrayBufferWriter<byte>();
        var stingy = new StingyWriter();

        Assert.Equal(FrameKind.Text, EventOracle.Rewrite(expected.RootElement, output));
        Assert.Equal(FrameKind.Text, EventOracle.Rewrite(expected.RootElement, stingy));

        AssertSame(expected.RootElement, output.WrittenMemory);
        Assert.Equal(output.WrittenSpan, stingy.Written);
    }

    /// <summary>The same for a message in binary form, of which the header is given.</summary>
    internal static void AssertRewrittenBinary(string header, byte[] payload)
    {
        using var expected = JsonDocument.Parse(header);
        var output = new ArrayBufferWriter<byte>();
        var stingy = new StingyWriter();

        Assert.Equal(FrameKind.Binary, EventOracle.Rewrite(expected.RootElement, output, payload));
        Assert.Equal(FrameKind.Binary, EventOracle.Rewrite(expected.RootElement, stingy, payload));

        int length = BinaryPrimitives.ReadUInt16BigEndian(output.WrittenSpan);
        AssertSame(expected.RootElement, output.WrittenMemory.Slice(2, length));
        Assert.Equal(payload, output.WrittenSpan[(2 + length)..]);
        Assert.Equal(output.WrittenSpan, stingy.Written);
    }

    private static void AssertSame(JsonElement expected, ReadOnlyMemory<byte> written)
    {
        using var actual = JsonDocument.Parse(written);
        Assert.True(JsonElement.DeepEquals(expected, actual.RootElement), $"{expected} became {actual.RootElement}");
        Assert.Equal("type", actual.RootElement.EnumerateObject().First().Name);
    }
}
