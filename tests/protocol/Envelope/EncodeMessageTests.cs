using System.Buffers;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Switchboard.Protocol.Envelope;
using Switchboard.Protocol.Envelope.Events;

namespace Switchboard.Protocol.Tests.Envelope;

public sealed class EncodeMessageTests
{
    private static readonly JsonEnvelopeCodec Codec = new();

    [Fact]
    public void Encode_Data_StandsInTheOutputAsItWas()
    {
        const string Data = "{ \"a\" : \"\\u0041\u2028é\" ,\n\"b\":1.0E2 }";
        var output = new ArrayBufferWriter<byte>();

        var message = new FeedMessage { Offset = 7, Time = 1, Data = Encoding.UTF8.GetBytes(Data) };
        Codec.Encode(output, new MessageEvent(FeedRef.User, message));

        Assert.EndsWith($",\"data\":{Data}}}", Encoding.UTF8.GetString(output.WrittenSpan), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData('\u0001')]
    [InlineData('"')]
    [InlineData('€')]
    [InlineData('a')]
    public void Encode_BinaryWithTheLongestNames_KeepsItsHeaderTogether(char unit)
    {
        string name = new(unit, 128);
        string header = JsonSerializer.Serialize(new
        {
            type = "message",
            room = name,
            offset = long.MaxValue,
            from = new { user = name, connection = name },
            time = long.MinValue,
            @class = "latest",
            slot = name,
        });

        EncodeTests.AssertRewrittenBinary(header, [1, 2, 3]);
        EncodeTests.AssertRewrittenBinary(header, new byte[100_000]);
    }

    [Fact]
    public void Encode_LargeData_IsWrittenWhole()
    {
        string text = new('x', 1_000_000);

        EncodeTests.AssertRewritten($$"""{"type":"message","feed":"user","offset":1,"time":1,"data":"{{text}}"}""");
    }

    [Fact]
    public void Encode_LargeHistory_IsWrittenWhole()
    {
        string base64 = Convert.ToBase64String(new byte[10_000]);
        string messages = string.Join(
            ",", Enumerable.Range(1, 100).Select(i => $$"""{"offset":{{i}},"time":1,"base64":"{{base64}}"}"""));
        string history = $$"""
            {"type":"history","feed":"user","epoch":"00000000000000ab","offset":5,"messages":[{{messages}}],"more":true}
            """;

        EncodeTests.AssertRewritten(history);
    }

    [Fact]
    public void Encode_AnyText_IsReadBackBySystemTextJson() =>
        Prop.ForAll(ArbMap.Default.ArbFor<string>().Filter(text => text is not null), text =>
        {
            var output = new ArrayBufferWriter<byte>();
            var stingy = new StingyWriter();
            var message = new LeftEvent(1, text, text + text);

            Codec.Encode(output, message);
            Codec.Encode(stingy, message);

            // Half a surrogate pair has no UTF-8: .NET's encoder, like ours, puts U+FFFD in its place.
            string expected = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
            string doubled = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text + text));
            using var document = JsonDocument.Parse(output.WrittenMemory);
            Assert.Equal(expected, document.RootElement.GetProperty("room").GetString());
            Assert.Equal(doubled, document.RootElement.GetProperty("reason").GetString());
            Assert.Equal(output.WrittenSpan, stingy.Written);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));
}
