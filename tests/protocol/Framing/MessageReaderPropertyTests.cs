using FsCheck;
using FsCheck.Fluent;
using Switchboard.Protocol.Framing;

namespace Switchboard.Protocol.Tests.Framing;

public class MessageReaderPropertyTests
{
    private static readonly Reading Reading = new()
    {
        Limits = new MessageLimits { MaxMessageBytes = 100_000, MaxFragments = int.MaxValue },
    };

    [Fact]
    public void Read_AnyMessagesFragmentedAndSplitAnywhere_YieldsThemInOrder() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(Script.Arbitrary, script =>
        {
            (byte[] stream, List<Happening> expected) = script.Play();
            Assert.Equal(expected, Reading.Whole(stream));
            Assert.Equal(expected, Reading.Cut(stream, Script.Places(script.Cuts, stream.Length)));
        }));

    [Fact]
    public void Read_AnyMessagesWithOneByteChanged_IsTheSameWholeAndSplit() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(400), Prop.ForAll(
            Script.Arbitrary,
            Gen.Choose(0, int.MaxValue).ToArbitrary(),
            Gen.Choose(1, 255).ToArbitrary(),
            (script, place, difference) =>
            {
                byte[] stream = script.Play().Stream;
                if (stream.Length > 0)
                {
                    stream[place % stream.Length] ^= (byte)difference;
                }

                Assert.Equal(
                    Reading.Whole(stream), Reading.Cut(stream, Script.Places(script.Cuts, stream.Length)));
            }));
}
