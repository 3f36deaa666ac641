using Switchboard.Protocol.Deflate;

namespace Switchboard.Protocol.Tests.Deflate;

public sealed class DeflateNegotiatorOptionsTests
{
    [Fact]
    public void Options_ByDefault_TakeNothingOver()
    {
        DeflateOptions options = new();

        Assert.True(options.Enabled);
        Assert.False(options.AllowServerContextTakeover);
        Assert.False(options.AllowClientContextTakeover);
        Assert.Equal((15, 15), (options.MaxServerWindowBits, options.MaxClientWindowBits));
        Assert.Equal(256, options.MinimumMessageSize);
        Assert.Null(options.Validate());
    }

    [Theory]
    [InlineData(8, 15, 0)]
    [InlineData(16, 15, 0)]
    [InlineData(15, 8, 0)]
    [InlineData(15, 16, 0)]
    [InlineData(15, 15, -1)]
    public void Options_OutOfBounds_AreInvalid(int server, int client, int minimum) =>
        Assert.NotNull(new DeflateOptions
        {
            MaxServerWindowBits = server,
            MaxClientWindowBits = client,
            MinimumMessageSize = minimum,
        }.Validate());
}
