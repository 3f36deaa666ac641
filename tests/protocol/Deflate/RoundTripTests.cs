using FsCheck;
using FsCheck.Fluent;
using Switchboard.Protocol.Deflate;

namespace Switchboard.Protocol.Tests.Deflate;

public sealed class RoundTripTests
{
    [Theory, EachBackend]
    public void Message_WithoutTakeover_ComesBackAndDecodesAlone(bool native)
    {
        using MessageDeflater deflater = Codecs.Deflater(native);
        using MessageInflater inflater = Codecs.Inflater(native);
        Check(native, message =>
        {
            byte[] payload = deflater.Compress(message);
            return Codecs.DecodeAlone(payload).AsSpan().SequenceEqual(message)
                && ComesBack(inflater, payload, message);
        });
    }

    [Theory, EachBackend]
    public void Messages_WithTakeover_ComeBackInOrder(bool native)
    {
        using MessageDeflater deflater = Codecs.Deflater(native, takeover: true);
        using MessageInflater inflater = Codecs.Inflater(native, takeover: true);
        Check(native, message => ComesBack(inflater, deflater.Compress(message), message));
    }

    [Fact]
    public void Messages_BetweenTheBackends_ComeBack()
    {
        foreach (bool takeover in new[] { true, false })
        {
            using MessageDeflater native = Codecs.Deflater(native: true, takeover);
            using MessageDeflater managed = Codecs.Deflater(native: false, takeover);
            using MessageInflater ofManaged = Codecs.Inflater(native: true, takeover);
            using MessageInflater ofNative = Codecs.Inflater(native: false, takeover);
            Check(native: false, message => ComesBack(ofManaged, managed.Compress(message), message)
                && ComesBack(ofNative, native.Compress(message), message));
        }
    }

    [Fact]
    public void Message_AtEveryLevelAndWindow_ComesBack()
    {
        for (int level = 1; level <= 9; level++)
        {
            for (int windowBits = 9; windowBits <= 15; windowBits += 3)
            {
                using MessageDeflater deflater = Codecs.Deflater(true, level % 2 == 0, windowBits, level, level);
                using MessageInflater inflater = Codecs.Inflater(true, level % 2 == 0, windowBits);
                foreach (int length in new[] { 1, 300, 20_000, 90_000 })
                {
                    byte[] message = Messages.Json(level, length);
                    Assert.True(ComesBack(inflater, deflater.Compress(message), message));
                }
            }
        }
    }

    private static bool ComesBack(MessageInflater inflater, byte[] payload, byte[] message)
    {
        (InflateStatus status, byte[] decoded) = inflater.Decompress([.. payload.Chunk(7 + (message.Length / 5)), []]);
        return status == InflateStatus.Ok && decoded.AsSpan().SequenceEqual(message);
    }

    private static void Check(bool native, Func<byte[], bool> property) =>
        Prop.ForAll(Messages.Any, property).Check(
            Config.QuickThrowOnFailure.WithMaxTest(native ? 150 : 30).WithReplay(7692, 9));
}
