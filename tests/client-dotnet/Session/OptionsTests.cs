namespace Switchboard.Client.Tests.Session;

public sealed class OptionsTests
{
    private static readonly SwitchboardClientOptions Options = new() { Url = new Uri("http://test") };

    [Fact]
    public void TimesThatNoTimerTakes_AreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new SwitchboardClient(Options with { CommandTimeout = TimeSpan.MaxValue }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SwitchboardClient(Options with { ConnectTimeout = TimeSpan.MaxValue }));
    }

    [Fact]
    public void Text_HasWhatTheyAreButTheToken()
    {
        string text = (Options with { User = "ann", Token = "hush-hush" }).ToString();

        Assert.StartsWith(
            "SwitchboardClientOptions { Url = http://test/, FallbackPath = /fallback, User = ann, Token = hidden, ",
            text,
            StringComparison.Ordinal);
        Assert.DoesNotContain("hush-hush", text, StringComparison.Ordinal);
    }
}
