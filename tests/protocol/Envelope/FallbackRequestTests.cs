using System.Text;
using Switchboard.Protocol.Envelope;
using Switchboard.Protocol.Envelope.Fallbacks;

namespace Switchboard.Protocol.Tests.Envelope;

/// <summary>What bodies hold; what is wrong with others is in tests/gateway, as clients are told it, and in tests/fuzz.</summary>
public sealed class FallbackRequestTests
{
    [Fact]
    public void Body_Empty_IsAConnectAlone()
    {
        FallbackRequest request = Decode("{}");

        Assert.Equal("""{"type":"connect"}""", Text(request.Connect));
        Assert.Null(request.Resume);
        Assert.Empty(request.Commands);
        Assert.Empty(request.Rooms);
        Assert.Equal((0, 0L, false), (request.Wait, request.Sequence, request.Close));
    }

    [Fact]
    public void Body_WithEverything_IsTakenApart()
    {
        FallbackRequest request = Decode(
            """
            {"resume":"t\u002d1","turn": 7,"positions":{"user": 1},"commands":[ {"type":"ping"} , 7, [1, 2] ],
             "presence":{"r":5,"s":0},"wait":25,"seq":9007199254740991,"close":true,"later":{"wait":1}}
            """);

        Assert.Equal("t-1", request.Resume);
        Assert.Equal("""{"type":"connect","resume":"t\u002d1","positions":{"user": 1},"turn":7}""", Text(request.Connect));
        Assert.Equal(["""{"type":"ping"}""", "7", "[1, 2]"], request.Commands.Select(command => Text(command.Message)));
        Assert.All(request.Commands, command => Assert.Equal(FrameKind.Text, command.Frame));
        Assert.Equal(new Dictionary<string, long> { ["r"] = 5, ["s"] = 0 }, request.Presence);
        Assert.Equal((25, (1L << 53) - 1, true), (request.Wait, request.Sequence, request.Close));
    }

    [Theory]
    [InlineData("""{"type":"send","base64":"AAH\/","user":"u"}""", """{"type":"send","user":"u"}""", "0001FF")]
    [InlineData("""{"base64":""}""", "{}", "")]
    [InlineData("""{"a":"base64","base64":"AA==","b":[{"base64":"AA=="}]}""", """{"a":"base64","b":[{"base64":"AA=="}]}""", "00")]
    public void Command_WithBase64_IsTheBinaryMessage(string command, string header, string payload)
    {
        FallbackCommand read = Assert.Single(Decode($$"""{"commands":[{{command}}]}""").Commands);

        Assert.Equal(FrameKind.Binary, read.Frame);
        Assert.Equal(
            [0, (byte)header.Length, .. Encoding.UTF8.GetBytes(header), .. Convert.FromHexString(payload)], read.Message.ToArray());
    }

    [Theory]
    [InlineData("""{"base64":1}""")]
    [InlineData("""{"base64":"A"}""")]
    [InlineData("""{"base64":"\ud83d"}""")]
    [InlineData("""["base64"]""")]
    [InlineData("\"base64\"")]
    public void Command_WithBase64ThatIsNone_StaysAsItIs(string command)
    {
        FallbackCommand read = Assert.Single(Decode($$"""{"commands":[{{command}}]}""").Commands);

        Assert.Equal((FrameKind.Text, command), (read.Frame, Text(read.Message)));
    }

    [Theory]
    [InlineData("""{"rooms":{"a":{},"\u0062":1,"":2},"user":{"rooms":{"c":0}}}""", "a b")]
    [InlineData("""{"rooms":[{"a":1}]}""", "")]
    public void Positions_Rooms_AreThoseByName(string positions, string rooms)
    {
        FallbackRequest request = Decode($$"""{"positions":{{positions}}}""");

        Assert.Equal(rooms.Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(), request.Rooms.Order());
    }

    [Fact]
    public void Body_ThatIsNotUtf8_IsRefused()
    {
        Assert.False(FallbackRequest.TryDecode(new byte[] { (byte)'{', 0xFF, (byte)'}' }, 1, out _, out string? problem));
        Assert.Equal("The body is not UTF-8.", problem);
    }

    private static FallbackRequest Decode(string body)
    {
        Assert.True(
            FallbackRequest.TryDecode(Encoding.UTF8.GetBytes(body), 10, out FallbackRequest? request, out string? problem), problem);
        return request!;
    }

    private static string Text(ReadOnlyMemory<byte> json) => Encoding.UTF8.GetString(json.Span);
}
