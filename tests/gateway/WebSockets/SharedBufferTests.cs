using System.Buffers;
using Switchboard.Gateway.WebSockets;

namespace Switchboard.Gateway.Tests.WebSockets;

public sealed class SharedBufferTests
{
    [Fact]
    public void Buffer_IsInUseUntilItsLastRelease()
    {
        int outstanding = SharedBuffer.Outstanding;
        SharedBuffer buffer = SharedBuffer.Rent();
        buffer.Retain();
        buffer.Write("abc"u8);

        buffer.Release();
        Assert.Equal(outstanding + 1, SharedBuffer.Outstanding);
        Assert.Equal("abc"u8, buffer.Written);
        buffer.Release();

        Assert.Equal(outstanding, SharedBuffer.Outstanding);
    }

    [Fact]
    public void Buffer_ThatIsUsedAgain_IsEmpty()
    {
        SharedBuffer first = SharedBuffer.Rent();
        first.Write(new byte[5000]);
        first.Release();

        // The pool may hold others in front of it: some of them were used, too.
        SharedBuffer[] again = [.. Enumerable.Range(0, 20).Select(_ => SharedBuffer.Rent())];

        Assert.All(again, buffer => Assert.Equal(0, buffer.Length));
        Assert.Equal(again.Length, again.Distinct().Count());
        Assert.All(again, buffer => buffer.Release());
    }

    [Fact]
    public void Buffer_ThatGrows_KeepsWhatWasWritten()
    {
        SharedBuffer buffer = SharedBuffer.Rent();
        byte[] expected = new byte[100_000];
        new Random(3).NextBytes(expected);
        for (int i = 0; i < expected.Length; i += 1000)
        {
            expected.AsSpan(i, 1000).CopyTo(buffer.GetMemory(1000).Span);
            buffer.Advance(1000);
        }

        buffer.Patch(10, 2).Fill(7);
        expected[10] = expected[11] = 7;

        Assert.Equal(expected, buffer.Written);
        buffer.Release();
    }
}
