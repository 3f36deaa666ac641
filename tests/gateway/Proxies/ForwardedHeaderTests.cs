using Switchboard.Gateway.Tests.Testing;

namespace Switchboard.Gateway.Tests.Proxies;

public sealed class ForwardedHeaderTests
{
    [Fact]
    public async Task Header_OfAPeerThatIsNotTrusted_CountsForNothing()
    {
        await using GatewayHost host = await GatewayHost.StartAsync(options =>
        {
            options.Proxies.Trusted = ["10.0.0.0/8"];
            options.Limits.PerAddress.Loopback = true;
            options.Limits.PerAddress.MaxConnections = 1;
        });
        using Opening first = await Opening.FromAsync(host, "192.0.2.1");
        using Opening second = await Opening.FromAsync(host, "192.0.2.2");

        Assert.Equal((101, 429), (first.Status, second.Status));
    }

    [Fact]
    public async Task Client_BehindATrustedProxyOnThisMachine_IsNotOnThisMachine()
    {
        await using GatewayHost host = await GatewayHost.StartAsync(options => options.Proxies.Trusted = ["127.0.0.1"]);
        using Opening far = await Opening.FromAsync(host, "192.0.2.1", "/ws?user=ann");
        using Opening near = await Opening.FromAsync(host, "127.0.0.1", "/ws?user=ann");
        using Opening direct = await Opening.SendAsync(host);

        Assert.Equal((401, 101, 101), (far.Status, near.Status, direct.Status));
    }

    [Fact]
    public async Task Upgrade_ThatAspNetCoreHasRead_IsOfTheForwardedAddressToo()
    {
        await using GatewayHost host = await GatewayHost.StartAsync(options =>
        {
            options.Proxies.Trusted = ["127.0.0.1"];
            options.Proxies.Header = "Forwarded";
            options.Limits.PerAddress.MaxConnections = 1;
        });
        using Opening raw = await Opening.SendAsync(host, "/echo", "Forwarded: for=192.0.2.1\r\n");
        using Opening reused = await Opening.SendRawAsync(
            host, "HEAD /other HTTP/1.1\r\nHost: localhost\r\n\r\n" + Opening.Request("/echo", "Forwarded: for=192.0.2.1\r\n"));
        string second = await reused.Socket.ReadHeadAsync();

        Assert.Equal(101, raw.Status);
        Assert.Equal(200, reused.Status);
        Assert.StartsWith("HTTP/1.1 429 ", second, StringComparison.Ordinal);
    }
}
