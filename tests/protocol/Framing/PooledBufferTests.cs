using Switchboard.Protocol.Framing;

namespace Switchboard.Protocol.Tests.Framing;

public class PooledBufferTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(5000)]
    public void Write_ManyPieces_KeepsAllInOrder(int pieceLength)
    {
        using var buffer = new PooledBuffer();
        List<byte> expected = [];
        for (int i = 0; i < 40; i++)
        {
            byte[] piece = [.. Enumerable.Repeat((byte)i, pieceLength)];
            expected.AddRange(piece);

            buffer.Write(piece);

            Assert.Equal(expected.Count, buffer.Length);
        }

        Assert.True(buffer.Written.SequenceEqual(expected.ToArray()));
        Assert.True(buffer.WrittenMemory.Span.SequenceEqual(buffer.Written));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(256)]
    [InlineData(100_000)]
    public void GetSpan_AnyHint_GivesAtLeastThatAndNeverNothing(int hint)
    {
        using var buffer = new PooledBuffer();
        buffer.Write(new byte[300]);

        Assert.True(buffer.GetSpan(hint).Length >= Math.Max(hint, 1));
        Assert.True(buffer.GetMemory(hint).Length >= Math.Max(hint, 1));
        Assert.Equal(300, buffer.Length);
    }

    [Fact]
    public void GetSpan_ArrayIsFull_GrowsAndKeepsWhatWasWritten()
    {
        using var buffer = new PooledBuffer();
        int full = buffer.GetSpan().Length;
        buffer.GetSpan().Fill(7);
        buffer.Advance(full);

        Assert.False(buffer.GetSpan().IsEmpty);

        Assert.Equal(full, buffer.Length);
        Assert.False(buffer.Written.ContainsAnyExcept((byte)7));
    }

    [Fact]
    public void Advance_OutsideOfTheSpan_Throws()
    {
        using var buffer = new PooledBuffer();
        int room = buffer.GetSpan(10).Length;

        Assert.Throws<ArgumentOutOfRangeException>(() => buffer.Advance(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => buffer.Advance(room + 1));
        buffer.Advance(room);
        Assert.Equal(room, buffer.Length);
    }

    [Fact]
    public void Advance_NothingRented_TakesOnlyZero()
    {
        using var buffer = new PooledBuffer();

        buffer.Advance(0);
        Assert.Throws<ArgumentOutOfRangeException>(() => buffer.Advance(1));
    }

    [Fact]
    public void Clear_Twice_EmptiesAndCanBeWrittenAgain()
    {
        var buffer = new PooledBuffer();
        buffer.Write([1, 2, 3]);

        buffer.Clear();
        buffer.Clear();

        Assert.Equal(0, buffer.Length);
        Assert.True(buffer.Written.IsEmpty);
        buffer.Write([4]);
        Assert.Equal([4], buffer.Written.ToArray());
        buffer.Dispose();
        Assert.True(buffer.WrittenMemory.IsEmpty);
    }

    [Fact]
    public void Rewind_AfterGrowth_WritesAgainFromTheStartWithoutAllocating()
    {
        using var buffer = new PooledBuffer();
        var piece = new byte[10_000];
        buffer.Write(piece);
        buffer.Rewind();
        Assert.Equal(0, buffer.Length);
        long before = GC.GetAllocatedBytesForCurrentThread();

        buffer.Write(piece);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(10_000, buffer.Length);
    }

    [Fact]
    public void Reserve_LengthOverflows_ThrowsAndKeepsWhatWasWritten()
    {
        using var buffer = new PooledBuffer();
        buffer.Write([1]);

        Assert.Throws<OverflowException>(() => buffer.GetSpan(int.MaxValue));
        Assert.Equal([1], buffer.Written.ToArray());
    }
}
