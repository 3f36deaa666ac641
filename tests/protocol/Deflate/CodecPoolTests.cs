using Switchboard.Protocol.Deflate;

namespace Switchboard.Protocol.Tests.Deflate;

public sealed class CodecPoolTests
{
    [Fact]
    public void Return_MoreThanTheCapacity_DisposesTheSurplus()
    {
        using MessageDeflaterPool pool = new(capacity: 2);
        MessageDeflater[] rented = [pool.Rent(), pool.Rent(), pool.Rent()];
        Assert.Equal(3, rented.Distinct().Count());
        Assert.Equal(0, pool.Idle);

        foreach (MessageDeflater deflater in rented)
        {
            pool.Return(deflater);
        }

        Assert.Equal(2, pool.Idle);
        Assert.Equal([false, false, true], rented.Select(deflater => deflater.IsDisposed));
        Assert.Contains(pool.Rent(), rented);
    }

    [Fact]
    public void Return_TwiceOrToAnotherPool_Throws()
    {
        using MessageInflaterPool pool = new();
        using MessageInflaterPool other = new();
        MessageInflater inflater = pool.Rent();
        Assert.Throws<ArgumentException>(() => other.Return(inflater));
        pool.Return(inflater);
        Assert.Throws<ArgumentException>(() => pool.Return(inflater));
        using MessageInflater own = new(contextTakeover: false);
        Assert.Throws<ArgumentException>(() => pool.Return(own));
        Assert.Equal((1, 0), (pool.Idle, other.Idle));
    }

    [Fact]
    public void Return_OfADisposedOne_DropsIt()
    {
        using MessageDeflaterPool pool = new();
        MessageDeflater deflater = pool.Rent();
        deflater.Dispose();
        pool.Return(deflater);
        Assert.Equal(0, pool.Idle);
        Assert.Equal(Messages.Hello, Codecs.DecodeAlone(pool.Rent().Compress(Messages.Hello)));
    }

    [Fact]
    public void Dispose_WithOneOut_DisposesItOnItsReturn()
    {
        MessageDeflaterPool pool = new();
        MessageDeflater idle = pool.Rent();
        MessageDeflater rented = pool.Rent();
        pool.Return(idle);
        pool.Dispose();

        Assert.True(idle.IsDisposed);
        Assert.Equal(Messages.Hello, Codecs.DecodeAlone(rented.Compress(Messages.Hello)));
        pool.Return(rented);
        Assert.True(rented.IsDisposed);
        Assert.Throws<ObjectDisposedException>(pool.Rent);
    }

    [Fact]
    public void Capacity_Default_IsTwiceTheProcessors()
    {
        using MessageInflaterPool pool = new();
        int count = (2 * Environment.ProcessorCount) + 3;
        List<MessageInflater> rented = [.. Enumerable.Range(0, count).Select(_ => pool.Rent())];
        rented.ForEach(pool.Return);
        Assert.Equal(2 * Environment.ProcessorCount, pool.Idle);
        Assert.Throws<ArgumentOutOfRangeException>(() => new MessageInflaterPool(-1));
    }

    [Theory, EachBackend]
    public void Return_InflaterLeftInTheMidstOfAMessage_KeepsNothingForTheNext(bool native)
    {
        using MessageInflaterPool pool = new(Codecs.Backend(native), capacity: 1);
        MessageInflater first = pool.Rent();
        byte[] half = Convert.FromHexString("F248CDC9C907");
        Assert.Equal(InflateStatus.Ok, first.Write(half, false, new ExactWriter(), 100));
        pool.Return(first);

        // A reference to the window of whoever had it before.
        MessageInflater second = pool.Rent();
        Assert.Same(first, second);
        Assert.Equal(InflateStatus.Corrupt, second.Decompress(Convert.FromHexString("F200110000")).Status);
        pool.Return(second);

        MessageInflater third = pool.Rent();
        Assert.Same(first, third);
        Codecs.AssertDecoded(Messages.Hello, third.Decompress(Convert.FromHexString("F248CDC9C90700"), 5));
    }

    [Theory, EachBackend]
    public void Pools_ManyThreads_EveryMessageComesBack(bool native)
    {
        using MessageDeflaterPool deflaters = new(Codecs.Backend(native), 3, DeflateCodec.DefaultLevel, 8);
        using MessageInflaterPool inflaters = new(Codecs.Backend(native), 3);
        int wrong = 0;
        Thread[] threads = [.. Enumerable.Range(0, 8).Select(number => new Thread(() =>
        {
            for (int i = 0; i < 100; i++)
            {
                byte[] message = Messages.Json((1000 * number) + i, 50 * (i % 20));
                MessageDeflater deflater = deflaters.Rent();
                byte[] payload = deflater.Compress(message);
                deflaters.Return(deflater);

                MessageInflater inflater = inflaters.Rent();
                (InflateStatus status, byte[] decoded) = inflater.Decompress([.. payload.Chunk(40)]);
                inflaters.Return(inflater);

                if (status != InflateStatus.Ok || !decoded.AsSpan().SequenceEqual(message)
                    || !Codecs.DecodeAlone(payload).AsSpan().SequenceEqual(message))
                {
                    Interlocked.Increment(ref wrong);
                }
            }
        }))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());

        Assert.Equal(0, wrong);
        Assert.InRange(deflaters.Idle, 1, 3);
        Assert.InRange(inflaters.Idle, 1, 3);
    }
}
