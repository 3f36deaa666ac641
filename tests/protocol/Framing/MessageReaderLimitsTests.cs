using Switchboard.Protocol.Framing;

namespace Switchboard.Protocol.Tests.Framing;

public class MessageReaderLimitsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(125)]
    [InlineData(126)]
    [InlineData(300)]
    public void Read_MessageOfExactlyTheLimit_IsTakenAndOneByteMoreIsNot(int limit)
    {
        var reading = new Reading { Limits = new MessageLimits { MaxMessageBytes = limit } };
        var payload = new byte[limit];

        reading.ExpectAtEverySplit(Wire.Client(Wire.Binary, payload), Happening.Of(ReadStatus.Binary, payload));
        reading.ExpectAtEverySplit(
            Wire.Client(Wire.Binary, new byte[limit + 1]), Happening.Of(ProtocolViolation.MessageTooBig));
        for (int first = 0; first <= limit; first += Math.Max(1, limit / 7))
        {
            byte[] begin = Wire.Client(Wire.Binary, payload[..first], fin: false);
            byte[] ping = Wire.Client(Wire.Ping, []);
            reading.ExpectAtEverySplit(
                [.. begin, .. ping, .. Wire.Client(Wire.Continuation, payload[first..])],
                Happening.Of(ReadStatus.Ping),
                Happening.Of(ReadStatus.Binary, payload));
            reading.ExpectAtEverySplit(
                [.. begin, .. ping, .. Wire.Client(Wire.Continuation, new byte[limit - first + 1])],
                Happening.Of(ReadStatus.Ping),
                Happening.Of(ProtocolViolation.MessageTooBig));
        }
    }

    [Fact]
    public void Read_LimitReachedByMessage_StartsAnewForTheNext()
    {
        var reading = new Reading { Limits = new MessageLimits { MaxMessageBytes = 4, MaxFragments = 2 } };
        byte[] message =
            [.. Wire.Client(Wire.Binary, [1, 2], fin: false), .. Wire.Client(Wire.Continuation, [3, 4])];
        Happening whole = Happening.Of(ReadStatus.Binary, 1, 2, 3, 4);

        reading.ExpectAtEverySplit([.. message, .. message, .. message], whole, whole, whole);
    }

    [Theory]
    [InlineData(125)]
    [InlineData(126)]
    [InlineData(200)]
    public void Read_FrameOfExactlyTheLimit_IsTakenAndOneByteMoreIsNot(int limit)
    {
        var reading = new Reading { Limits = new MessageLimits { MaxFrameBytes = limit } };
        var payload = new byte[limit];

        reading.ExpectAtEverySplit(
            [.. Wire.Client(Wire.Binary, payload, fin: false), .. Wire.Client(Wire.Continuation, payload)],
            Happening.Of(ReadStatus.Binary, [.. payload, .. payload]));
        reading.ExpectAtEverySplit(
            Wire.Client(Wire.Binary, new byte[limit + 1]), Happening.Of(ProtocolViolation.FrameTooBig));
        reading.ExpectAtEverySplit(
            [.. Wire.Client(Wire.Binary, payload, fin: false), .. Wire.Client(Wire.Continuation, new byte[limit + 1])],
            Happening.Of(ProtocolViolation.FrameTooBig));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(1024)]
    public void Read_FragmentsOfExactlyTheLimit_AreTakenAndOneMoreIsNot(int limit)
    {
        var reading = new Reading { Limits = new MessageLimits { MaxFragments = limit } };

        Assert.Equal([Happening.Of(ReadStatus.Binary, new byte[limit])], reading.Whole(Fragments(limit)));
        Assert.Equal([Happening.Of(ProtocolViolation.TooManyFragments)], reading.Whole(Fragments(limit + 1)));
    }

    [Fact]
    public void Read_ControlFramesBetweenFragments_DoNotCountAsFragments()
    {
        var reading = new Reading { Limits = new MessageLimits { MaxFragments = 2 } };
        byte[] ping = Wire.Client(Wire.Ping, []);
        byte[] first = Wire.Client(Wire.Binary, [1], fin: false);
        byte[] stream = [.. first, .. ping, .. ping, .. ping, .. Wire.Client(Wire.Continuation, [2])];

        Happening pinged = Happening.Of(ReadStatus.Ping);
        Assert.Equal([pinged, pinged, pinged, Happening.Of(ReadStatus.Binary, 1, 2)], reading.Whole(stream));
    }

    [Fact]
    public void Read_HeaderAnnouncesTheLargestMessage_RentsOnlyForWhatCame()
    {
        byte[] header = [.. Wire.Header(Wire.Binary, 1 << 30, true, 0, [0, 0, 0, 0])];
        var limits = new MessageLimits { MaxMessageBytes = 1 << 30 };
        var reader = new MessageReader(limits);
        int position = 0;
        reader.Read([.. header], ref position, out _);
        reader.Release();
        long before = GC.GetAllocatedBytesForCurrentThread();

        reader = new MessageReader(limits);
        position = 0;
        Assert.Equal(ReadStatus.NeedMore, reader.Read(header, ref position, out _));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1024);
        reader.Release();
    }

    private static byte[] Fragments(int count) =>
    [
        .. Enumerable.Range(0, count).SelectMany(
            i => Wire.Client(i == 0 ? Wire.Binary : Wire.Continuation, [0], fin: i == count - 1)),
    ];
}
