using System.Buffers;
using System.Text;
using Switchboard.Protocol.Handshake;

namespace Switchboard.Protocol.Tests.Handshake;

public sealed class RequestHeadParserLimitTests
{
    private const int DefaultBytes = 16 * 1024;

    [Fact]
    public void Parse_HeadAsLongAsTheLimit_IsDone() => Assert.True(Heads.Parse(HeadOfLength(DefaultBytes)).IsDone);

    [Fact]
    public void Parse_HeadOneByteOverTheLimit_IsRefused() =>
        AssertRefused(431, Heads.Parse(HeadOfLength(DefaultBytes + 1)));

    [Fact]
    public void Parse_IncompleteHeadAtTheLimit_IsRefusedAtThatByte()
    {
        string endless = HeadOfLength(2 * DefaultBytes);

        Assert.Equal(HeadParseStatus.NeedMore, Heads.Parse(endless[..(DefaultBytes - 1)]).Status);
        AssertRefused(431, Heads.Parse(endless[..DefaultBytes]));
    }

    [Fact]
    public void Parse_AsManyHeadersAsTheLimit_IsDone() => Assert.True(Heads.Parse(HeadOfHeaders(100)).IsDone);

    [Fact]
    public void Parse_OneHeaderOverTheLimit_IsRefusedAtTheEndOfItsLine()
    {
        string head = HeadOfHeaders(101);

        Assert.Equal(HeadParseStatus.NeedMore, Heads.Parse(head[..^3]).Status);
        AssertRefused(431, Heads.Parse(head[..^2]));
        AssertRefused(431, Heads.Parse(head));
    }

    [Fact]
    public void Parse_TargetAsLongAsTheLimit_IsDone() => Assert.True(Heads.Parse(HeadOfTarget(8 * 1024)).IsDone);

    [Fact]
    public void Parse_TargetOneByteOverTheLimit_IsRefusedAtThatByte()
    {
        string head = HeadOfTarget((8 * 1024) + 1);
        int through = "GET ".Length + (8 * 1024) + 1;

        Assert.Equal(HeadParseStatus.NeedMore, Heads.Parse(head[..(through - 1)]).Status);
        AssertRefused(414, Heads.Parse(head[..through]));
        AssertRefused(414, Heads.Parse(head));
    }

    [Fact]
    public void Parse_OwnLimits_AreKept()
    {
        HeadLimits limits = new() { MaxBytes = 200, MaxHeaders = 2, MaxTargetBytes = 10 };

        Assert.True(Heads.Parse(Heads.Request("GET /123456789 HTTP/1.1", "Host: a", "X: y"), limits).IsDone);
        AssertRefused(414, Heads.Parse("GET /1234567890", limits));
        AssertRefused(431, Heads.Parse(Heads.Request("GET / HTTP/1.1", "Host: a", "X: y", "X: y"), limits));
        AssertRefused(431, Heads.Parse(new string('G', 200), limits));
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("GET /chat")]
    [InlineData("GET /chat HTTP/1.1\r\nHost: a")]
    public void Parse_AgainAfterAViolation_StaysRefused(string start)
    {
        RequestHeadParser parser = default;
        byte[] bad = Encoding.ASCII.GetBytes(start + "\n");
        byte[] longer = [.. bad, .. Encoding.ASCII.GetBytes(Heads.Upgrade())];

        AssertRefused(400, parser.Parse(new ReadOnlySequence<byte>(bad), new HeadLimits()));
        AssertRefused(400, parser.Parse(new ReadOnlySequence<byte>(longer), new HeadLimits()));
    }

    [Fact]
    public void Validate_EachBound_IsChecked()
    {
        Assert.Null(new HeadLimits().Validate());
        Assert.Null(new HeadLimits { MaxBytes = 128, MaxHeaders = 1, MaxTargetBytes = 1 }.Validate());
        Assert.Null(new HeadLimits { MaxBytes = 1 << 20, MaxHeaders = 1000, MaxTargetBytes = 1 << 20 }.Validate());
        Assert.NotNull(new HeadLimits { MaxBytes = 127 }.Validate());
        Assert.NotNull(new HeadLimits { MaxBytes = (1 << 20) + 1 }.Validate());
        Assert.NotNull(new HeadLimits { MaxHeaders = 0 }.Validate());
        Assert.NotNull(new HeadLimits { MaxHeaders = 1001 }.Validate());
        Assert.NotNull(new HeadLimits { MaxTargetBytes = 0 }.Validate());
        Assert.NotNull(new HeadLimits { MaxTargetBytes = (1 << 20) + 1 }.Validate());
    }

    private static string HeadOfLength(int bytes)
    {
        const string Start = "GET / HTTP/1.1\r\nHost: a\r\nX: ";
        return Start + new string('x', bytes - Start.Length - 4) + "\r\n\r\n";
    }

    private static string HeadOfHeaders(int count) =>
        Heads.Request("GET / HTTP/1.1", [.. Enumerable.Repeat("X: y", count - 1), "Host: a"]);

    private static string HeadOfTarget(int bytes) =>
        Heads.Request($"GET /{new string('x', bytes - 1)} HTTP/1.1", "Host: a");

    private static void AssertRefused(int status, RequestHeadResult result)
    {
        Assert.True(result.IsViolation);
        Assert.Equal(status, result.Refusal.StatusCode);
    }
}
