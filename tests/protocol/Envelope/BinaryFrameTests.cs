using System.Text;
using Switchboard.Protocol.Envelope;

namespace Switchboard.Protocol.Tests.Envelope;

public sealed class BinaryFrameTests
{
    [Theory]
    [InlineData("""{"type":"publish","id":1,"room":"r","class":"latest","slot":"s","key":"k","echo":false}""")]
    [InlineData("""{"type":"send","id":1,"user":"u","class":"volatile"}""")]
    [InlineData("""{"type":"send","connection":"c"}""")]
    public void Decode_HeaderAndPayload_ReadsBoth(string header)
    {
        byte[] payload = [0, 1, 2, 0xFF, (byte)'"', (byte)'}'];

        Decoded command = Decoded.FromBinary(header, payload);

        CommandOracle.AssertSame(header, command);
        Assert.Equal(payload, command.Data);
        Assert.Equal(DataKind.Binary, command.DataKind);
    }

    [Fact]
    public void Decode_EmptyPayload_IsAllowed()
    {
        Decoded command = Decoded.FromBinary("""{"type":"publish","room":"r"}""");

        Assert.Null(command.Error);
        Assert.Empty(command.Data);
    }

    [Theory]
    [InlineData("", "bad_frame")]
    [InlineData("00", "bad_frame")]
    [InlineData("0001", "bad_frame")]
    [InlineData("0003:{}", "bad_frame")]
    [InlineData("FFFF:{}", "bad_frame")]
    [InlineData("0000", "bad_json")]
    [InlineData("0000:{}", "bad_json")]
    [InlineData("0001:{}", "bad_json")]
    [InlineData("0002:{}", "bad_field")]
    public void Decode_LengthOfHeader_MustFit(string message, string code)
    {
        string[] parts = message.Split(':');
        byte[] bytes = [.. Convert.FromHexString(parts[0]), .. Encoding.ASCII.GetBytes(parts.ElementAtOrDefault(1) ?? "")];

        Assert.Equal(code, Decoded.From(bytes, FrameKind.Binary).Error?.Code);
    }

    [Theory]
    [InlineData("""{"type":"publish","room":"r","data":1,"id":3}""", "bad_field", 3)]
    [InlineData("""{"type":"publish","id":3}""", "bad_field", 3)]
    [InlineData("""{"type":"ping","id":3}""", "bad_frame", 3)]
    [InlineData("""{"type":"join","room":"r","id":3}""", "bad_frame", 3)]
    [InlineData("""{"type":"connect","id":3}""", "bad_frame", 3)]
    [InlineData("""{"type":"nonsense","id":3}""", "unknown_command", 3)]
    [InlineData("""{"id":3,"type":"publish","room":"r"} x""", "bad_json", 3)]
    public void Decode_HeaderThatDoesNotFitBinary_AnswersWithCodeAndId(string header, string code, long id)
    {
        Decoded decoded = Decoded.FromBinary(header, 1, 2, 3);

        Assert.Equal((code, id), (decoded.Error?.Code, decoded.Error?.Id));
    }

    [Fact]
    public void Decode_HeaderThatIsNotUtf8_IsBadJson()
    {
        byte[] message = Decoded.Frame("""{"type":"publish","room":"@"}""", []);
        message[Array.IndexOf(message, (byte)'@')] = 0xFF;

        Assert.Equal("bad_json", Decoded.From(message, FrameKind.Binary).Error?.Code);
    }
}
