namespace Switchboard.Telemetry.Tests;

public sealed class TelemetryOptionsTests
{
    [Fact]
    public void Options_AsTheyAre_ExportNothingAndAreValid()
    {
        TelemetryOptions options = new();

        Assert.False(options.IsOn);
        Assert.Empty(options.Validate());
    }

    [Theory]
    [InlineData("collector:4318")]
    [InlineData("/v1")]
    [InlineData("ftp://collector")]
    public void Endpoint_ThatIsNoAddressOfHttp_IsRefused(string endpoint) =>
        Assert.Equal(
            [$"Endpoint must be an address that begins with http:// or https://, but is {endpoint}"],
            new TelemetryOptions { Endpoint = endpoint }.Validate());

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void SamplingRatio_OutOfBounds_IsRefused(double ratio) =>
        Assert.StartsWith("SamplingRatio must be 0 to 1", Assert.Single(new TelemetryOptions { SamplingRatio = ratio }.Validate()), StringComparison.Ordinal);

    [Theory]
    [InlineData(0)]
    [InlineData(10_001)]
    public void MaxTracesPerSecond_OutOfBounds_IsRefused(int traces) =>
        Assert.Equal(
            [$"MaxTracesPerSecond must be 1 to 10000, but is {traces}"],
            new TelemetryOptions { MaxTracesPerSecond = traces }.Validate());

    [Fact]
    public void Times_OutOfBounds_AreRefused()
    {
        TelemetryOptions options = new() { Period = TimeSpan.FromMilliseconds(999), Timeout = TimeSpan.FromSeconds(61) };

        Assert.Equal(
            [
                "Period must be 00:00:01 to 00:10:00, but is 00:00:00.9990000",
                "Timeout must be 00:00:01 to 00:01:00, but is 00:01:01",
            ],
            options.Validate());
    }

    [Theory]
    [InlineData("a,b", "c")]
    [InlineData("a", "b,c")]
    [InlineData("a=b", "c")]
    public void Header_ThatCannotBeSent_IsRefused(string name, string value)
    {
        TelemetryOptions options = new();
        options.Headers[name] = value;

        Assert.StartsWith($"Headers:{name} must", Assert.Single(options.Validate()), StringComparison.Ordinal);
    }
}
