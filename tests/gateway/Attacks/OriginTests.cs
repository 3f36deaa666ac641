using Switchboard.Gateway.Tests.Testing;

namespace Switchboard.Gateway.Tests.Attacks;

/// <summary>A page of a foreign site that opens a WebSocket with its visitor's credentials.</summary>
public sealed class OriginTests
{
    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("https://localhost.evil.example")]
    [InlineData("https://evil.example/localhost")]
    [InlineData("https://evil.example#localhost")]
    [InlineData("https://localhost@evil.example")]
    [InlineData("https://good.example.evil.example")]
    [InlineData("https://evilgood.example")]
    [InlineData("http://good.example")]
    [InlineData("https://good.example:444")]
    [InlineData("null")]
    [InlineData("")]
    public async Task Handshake_OfAForeignPage_IsRefused(string origin)
    {
        await using GatewayHost host = await GatewayHost.StartAsync(
            options => options.Access.Origins = ["https://good.example"]);

        using Opening refused = await Opening.SendAsync(host, headers: $"Origin: {origin}\r\n");
        using Opening good = await Opening.SendAsync(host, headers: "Origin: https://good.example\r\n");

        Assert.Contains(refused.Status, new[] { 400, 403 });
        Assert.Equal(101, good.Status);
    }

    [Fact]
    public async Task Handshake_WithTwoOrigins_IsRefusedWhicheverIsGood()
    {
        await using GatewayHost host = await GatewayHost.StartAsync(
            options => options.Access.Origins = ["https://good.example"]);

        using Opening refused = await Opening.SendAsync(
            host, headers: "Origin: https://evil.example\r\nOrigin: https://good.example\r\n");

        Assert.Equal(400, refused.Status);
    }
}
