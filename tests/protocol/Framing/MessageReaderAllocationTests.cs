using Switchboard.Protocol.Framing;

namespace Switchboard.Protocol.Tests.Framing;

public class MessageReaderAllocationTests
{
    private const int Frames = 10_000;

    [Fact]
    public void Read_WholeFrames_AllocatesNothing()
    {
        byte[][] kinds =
        [
            Wire.Client(Wire.Text, [.. "a message of a chat"u8]),
            Wire.Client(Wire.Binary, new byte[200]),
            Wire.Client(Wire.Ping, [1, 2, 3]),
            Wire.Client(Wire.Text, [.. "€ 😀"u8]),
            Wire.Client(Wire.Pong, []),
        ];
        byte[] stream = [.. Enumerable.Range(0, Frames).SelectMany(i => kinds[i % kinds.Length])];

        Assert.Equal((Frames, 0), CountAfterWarmUp(stream, stream.Length));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(64)]
    [InlineData(1000)]
    public void Read_SplitFragmentedAndControlFrames_AllocatesNothingAfterWarmUp(int pieceLength)
    {
        byte[][] kinds =
        [
            Wire.Client(Wire.Text, [.. "a message of "u8], fin: false),
            Wire.Client(Wire.Ping, new byte[125]),
            Wire.Client(Wire.Continuation, [.. "a chat €"u8]),
            Wire.Client(Wire.Binary, new byte[2000]),
        ];
        byte[] stream = [.. Enumerable.Range(0, Frames / 10).SelectMany(i => kinds[i % kinds.Length])];

        Assert.Equal((Frames / 10 * 3 / 4, 0), CountAfterWarmUp(stream, pieceLength));
    }

    [Fact]
    public void Read_UnfinishedMessages_GiveTheirArraysBackOnReleaseAndOnViolation()
    {
        byte[] unfinished = Wire.Client(Wire.Binary, new byte[60_000], fin: false);
        byte[] wrong = [.. unfinished, .. Wire.Client(Wire.Text, [])];
        CountOfReaders(unfinished);
        CountOfReaders(wrong);

        // The readers' empty buffers, but never their arrays.
        Assert.InRange(CountOfReaders(unfinished), 0, 100 * 100);
        Assert.InRange(CountOfReaders(wrong), 0, 100 * 100);
    }

    private static long CountOfReaders(byte[] stream)
    {
        byte[] input = [.. stream];
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            stream.CopyTo(input, 0);
            var reader = new MessageReader(new MessageLimits());
            int position = 0;
            if (reader.Read(input, ref position, out _) != ReadStatus.Violation)
            {
                reader.Release();
            }
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    // The least of several rounds: a collection may empty the shared pool within one of them.
    private static (int Read, long Allocated) CountAfterWarmUp(byte[] stream, int pieceLength)
    {
        var reader = new MessageReader(new MessageLimits());
        byte[] input = [.. stream];
        int read = Count(ref reader, input, pieceLength);
        long least = long.MaxValue;
        for (int round = 0; round < 5 && least > 0; round++)
        {
            stream.CopyTo(input, 0);
            long before = GC.GetAllocatedBytesForCurrentThread();
            int again = Count(ref reader, input, pieceLength);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
            Assert.Equal(read, again);
        }

        return (read, least);
    }

    private static int Count(ref MessageReader reader, byte[] input, int pieceLength)
    {
        int read = 0;
        for (int start = 0; start < input.Length; start += pieceLength)
        {
            Span<byte> piece = input.AsSpan(start, Math.Min(pieceLength, input.Length - start));
            int position = 0;
            while (reader.Read(piece, ref position, out _) != ReadStatus.NeedMore)
            {
                read++;
            }
        }

        return read;
    }
}
