using Switchboard.Protocol.Framing;

namespace Switchboard.Protocol.Tests.Framing;

public class MessageLimitsTests
{
    [Fact]
    public void Validate_DefaultsAndBounds_Pass()
    {
        new MessageLimits().Validate();
        new MessageLimits { MaxMessageBytes = 1, MaxFrameBytes = 125, MaxFragments = 1 }.Validate();
        new MessageLimits
        {
            MaxMessageBytes = 1 << 30, MaxFrameBytes = 1L << 62, MaxFragments = int.MaxValue,
        }.Validate();
    }

    [Fact]
    public void Validate_BeyondBounds_Throws()
    {
        foreach (MessageLimits limits in new[]
        {
            new MessageLimits { MaxMessageBytes = 0 },
            new MessageLimits { MaxMessageBytes = (1 << 30) + 1 },
            new MessageLimits { MaxFrameBytes = 124 },
            new MessageLimits { MaxFrameBytes = (1L << 62) + 1 },
            new MessageLimits { MaxFragments = 0 },
        })
        {
            Assert.Throws<ArgumentOutOfRangeException>(limits.Validate);
        }
    }
}
