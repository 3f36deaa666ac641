using System.Buffers;
using System.Text;
using Switchboard.Protocol.Handshake;

namespace Switchboard.Protocol.Tests.Handshake;

public sealed class RequestLinePeekTests
{
    [Theory]
    [InlineData("GET /chat HTTP/1.1\r\n", "/chat")]
    [InlineData("GET / ", "/")]
    [InlineData("GET /a%20b?c=/d HTTP/1.1\r\nHost: a\r\n\r\n", "/a%20b")]
    [InlineData("GET ws://a.example:80/chat?x HTTP/1.1", "/chat")]
    [InlineData("GET http://a.example HTTP/1.1", "/")]
    public void Peek_CompleteTarget_GivesThePath(string text, string path) =>
        AssertAtEverySplit(text, PeekStatus.Path, path);

    [Theory]
    [InlineData("")]
    [InlineData("G")]
    [InlineData("GET")]
    [InlineData("GET ")]
    [InlineData("GET /chat")]
    [InlineData("GET /chat?x=y")]
    [InlineData("GET http://a.exam")]
    public void Peek_StartOfAGet_NeedsMore(string text) => AssertAtEverySplit(text, PeekStatus.NeedMore, "");

    [Theory]
    [InlineData("g")]
    [InlineData("H")]
    [InlineData("POST")]
    [InlineData("GEX")]
    [InlineData("GETS")]
    [InlineData("GET\t")]
    [InlineData("\r")]
    [InlineData("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")]
    [InlineData("\u0016\u0003\u0001")]
    [InlineData("GET  ")]
    [InlineData("GET /chat\r")]
    [InlineData("GET /chat\n")]
    [InlineData("GET * ")]
    [InlineData("GET a.example:80 ")]
    public void Peek_NoWebSocketRequest_IsPassedOn(string text) => AssertAtEverySplit(text, PeekStatus.PassOn, "");

    [Fact]
    public void Peek_EveryOtherFirstByte_IsPassedOnAtOnce()
    {
        for (int value = 0; value < 256; value++)
        {
            PeekStatus expected = value == 'G' ? PeekStatus.NeedMore : PeekStatus.PassOn;
            Assert.Equal(expected, Peek(new ReadOnlySequence<byte>([(byte)value]), out _));
        }
    }

    [Fact]
    public void Peek_TargetOverItsLimit_IsPassedOnAtThatByte()
    {
        HeadLimits limits = new() { MaxTargetBytes = 5 };

        Assert.Equal(PeekStatus.NeedMore, Peek(Sequence("GET /1234"), out _, limits));
        Assert.Equal(PeekStatus.Path, Peek(Sequence("GET /1234 "), out _, limits));
        Assert.Equal(PeekStatus.PassOn, Peek(Sequence("GET /12345"), out _, limits));
        Assert.Equal(PeekStatus.PassOn, Peek(Sequence("GET /12345 HTTP/1.1"), out _, limits));
    }

    private static void AssertAtEverySplit(string text, PeekStatus status, string path)
    {
        byte[] bytes = Encoding.Latin1.GetBytes(text);
        List<ReadOnlySequence<byte>> cuts = [new(bytes), Heads.Segments(bytes.Select(b => new[] { b }))];
        cuts.AddRange(Enumerable.Range(0, bytes.Length + 1).Select(at => Heads.Segments(bytes[..at], bytes[at..])));
        foreach (ReadOnlySequence<byte> cut in cuts)
        {
            Assert.Equal(status, Peek(cut, out string found));
            Assert.Equal(path, found);
        }
    }

    private static ReadOnlySequence<byte> Sequence(string text) => new(Encoding.Latin1.GetBytes(text));

    private static PeekStatus Peek(ReadOnlySequence<byte> buffer, out string path, HeadLimits? limits = null)
    {
        PeekStatus status = RequestLinePeek.Peek(buffer, limits ?? new HeadLimits(), out ReadOnlySpan<byte> found);
        path = Encoding.Latin1.GetString(found);
        return status;
    }
}
