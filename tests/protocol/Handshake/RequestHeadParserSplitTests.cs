using System.Buffers;
using System.Text;
using Switchboard.Protocol.Handshake;

namespace Switchboard.Protocol.Tests.Handshake;

public sealed class RequestHeadParserSplitTests
{
    private static readonly HeadLimits Small = new() { MaxBytes = 300, MaxHeaders = 6, MaxTargetBytes = 40 };

    public static TheoryData<string> Samples =>
    [
        Heads.Upgrade(),
        Heads.Upgrade() + "\u0081\u0080frames\r\n\r\n",
        Heads.Request("GET /a%20b?c=d HTTP/1.1", "host: a:1", "X: 1", "x:\t2 ", "X:"),
        Heads.Request("GET ws://b.example:8080?q HTTP/1.1", "Host: a"),
        Heads.Request("POST / HTTP/1.1", "Host: a"),
        Heads.Request("GET / HTTP/1.0", "Host: a"),
        Heads.Request("GET / HTTP/1.1", "Host: a", " folded"),
        Heads.Request("GET / HTTP/1.1", "Host: a", "X: 1", "X: 2", "X: 3", "X: 4", "X: 5", "X: 6"),
        Heads.Request("GET /" + new string('x', 40) + "\rx HTTP/1.1", "Host: a"),
        Heads.Request("GET /" + new string('x', 39) + "\rx HTTP/1.1", "Host: a"),
        Heads.Request("GET / HTTP/1.1", "Host: a", "X: " + new string('x', 253)),
        Heads.Request("GET / HTTP/1.1", "Host: a", "X: " + new string('x', 266)),
        Heads.Request("GET / HTTP/1.1", "Host: a", "X: " + new string('x', 267)) + "\n",
        "GET / HTTP/1.1\r\nHost: a\nX: " + new string('x', 300),
        "GET / HTTP/1.1\r\nHost: a\r\rX: y\r\n\r\n",
        "\r\n" + Heads.Upgrade(),
        "GET /chat HTTP/1.1\r\nHost: a\r\nX: not complete",
        new string('G', 400),
    ];

    [Theory]
    [MemberData(nameof(Samples))]
    public void Parse_EverySplitInTwo_GivesTheSame(string sample)
    {
        byte[] bytes = Encoding.Latin1.GetBytes(sample);
        string expected = Heads.Describe(Heads.Parse(sample, Small));

        for (int at = 0; at <= bytes.Length; at++)
        {
            ReadOnlySequence<byte> split = Heads.Segments(bytes[..at], bytes[at..]);
            Assert.Equal(expected, Heads.Describe(Heads.Parse(split, Small)));

            // The same cut in time: the first part alone, then both.
            RequestHeadParser parser = default;
            RequestHeadResult first = parser.Parse(new ReadOnlySequence<byte>(bytes, 0, at), Small);
            RequestHeadResult second = parser.Parse(split, Small);
            Assert.Equal(expected, Heads.Describe(first.Status == HeadParseStatus.NeedMore ? second : first));
        }
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Parse_OneByteASegment_GivesTheSame(string sample)
    {
        byte[] bytes = Encoding.Latin1.GetBytes(sample);
        ReadOnlySequence<byte> bits = Heads.Segments(bytes.Select(b => new[] { b }));

        Assert.Equal(Heads.Describe(Heads.Parse(sample, Small)), Heads.Describe(Heads.Parse(bits, Small)));
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Parse_OneByteACall_DecidesAtTheSameByteAsAFreshParser(string sample)
    {
        byte[] bytes = Encoding.Latin1.GetBytes(sample);
        RequestHeadParser parser = default;
        for (int length = 0; length <= bytes.Length; length++)
        {
            ReadOnlySequence<byte> soFar = new(bytes, 0, length);
            RequestHeadResult result = parser.Parse(soFar, Small);

            Assert.Equal(Heads.Describe(Heads.Parse(soFar, Small)), Heads.Describe(result));
            if (result.Status != HeadParseStatus.NeedMore)
            {
                return;
            }
        }
    }

    [Fact]
    public void Parse_EmptyBuffer_NeedsMore()
    {
        Assert.Equal(HeadParseStatus.NeedMore, Heads.Parse(ReadOnlySequence<byte>.Empty).Status);
        Assert.Equal(HeadParseStatus.NeedMore, Heads.Parse(Heads.Segments([], [])).Status);
    }
}
