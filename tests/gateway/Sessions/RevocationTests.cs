using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Switchboard.Gateway.Tests.Testing;

namespace Switchboard.Gateway.Tests.Sessions;

public sealed class RevocationTests
{
    private const string Both = """{"rooms":"a","allow":["join","publish","presence"]},{"rooms":"b","allow":["join","publish"]}""";
    private const string OnlyB = """{"rooms":"b","allow":["join"]}""";

    [Fact]
    public async Task Refresh_WithFewerCapabilities_LeavesTheRoomsThatAreNotAllowedAnyMore()
    {
        await using GatewayHost host = await TokenHost.StartAsync();
        await using TestClient bob = await host.ConnectWithAsync(TokenHost.Token("bob"));
        await bob.JoinAsync("a", ",\"presence\":true");
        await using TestClient ann = await host.ConnectWithAsync(TokenHost.Token("ann", Both));
        await ann.JoinAsync("a");
        await ann.JoinAsync("b");
        Assert.Equal(2, (await bob.NextAsync("presence_change")).Number("count"));

        Assert.Equal("ok", (await ann.RefreshAsync(TokenHost.Token("ann", OnlyB))).Type());

        JsonElement left = await ann.NextAsync();
        Assert.Equal(("left", "a", "revoked"), (left.Type(), left.Text("room"), left.Text("reason")));
        Assert.Equal(1, (await bob.NextAsync("presence_change")).Number("count"));
        (await ann.PublishAsync("a", "1")).ShouldBeError("not_joined");
        (await ann.PublishAsync("b", "1")).ShouldBeError("forbidden");
        (await ann.JoinAsync("a")).ShouldBeError("forbidden");

        // And it may come back with more.
        Assert.Equal("ok", (await ann.RefreshAsync(TokenHost.Token("ann", Both))).Type());
        Assert.Equal("published", (await ann.PublishAsync("b", "1")).Type());
        Assert.Equal("joined", (await ann.JoinAsync("a")).Type());
    }

    [Fact]
    public async Task Refresh_WithoutPresence_EndsWhatIsToldOfTheOthers()
    {
        await using GatewayHost host = await TokenHost.StartAsync();
        await using TestClient ann = await host.ConnectWithAsync(TokenHost.Token("ann", Both));
        await ann.JoinAsync("a", ",\"presence\":true");
        await ann.RefreshAsync(TokenHost.Token("ann", """{"rooms":"a","allow":["join"]}"""));
        await using TestClient bob = await host.ConnectWithAsync(TokenHost.Token("bob"));
        await bob.JoinAsync("a", ",\"presence\":true");
        await bob.PublishAsync("a", "1");

        // The message comes behind the presence that is not told.
        Assert.Equal("message", (await ann.NextAsync()).Type());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task TokenForARoom_ThatExpires_IsToldAndEndsTheMembership(bool tls)
    {
        using X509Certificate2 certificate = SelfSigned();
        await using GatewayHost host = await TokenHost.StartAsync(build: builder =>
        {
            if (tls)
            {
                builder.WebHost.ConfigureKestrel(kestrel =>
                    kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(certificate)));
            }
        });
        await using TestClient client = await host.ClientWithAsync(
            $"?token={TokenHost.Token("ann", "")}", null, options => options.RemoteCertificateValidationCallback =
                (_, shown, _, _) => shown?.GetCertHashString() == certificate.Thumbprint);
        await client.ConnectAsync();
        await client.JoinAsync("r", $",\"token\":\"{TokenHost.RoomToken("r", "\"join\"", 60)}\"");

        // With the skew it ends at 90 s.
        host.Time.Advance(TimeSpan.FromSeconds(60));
        JsonElement expiring = await client.NextAsync();
        Assert.Equal(("expiring", "r", 30), (expiring.Type(), expiring.Text("room"), expiring.Number("in")));

        host.Time.Advance(TimeSpan.FromSeconds(30));
        JsonElement left = await client.NextAsync();
        Assert.Equal(("left", "r", "expired"), (left.Type(), left.Text("room"), left.Text("reason")));
        await host.Backplane.CalledAsync("LeaveAsync");

        // The connection lives on, and its reading does too.
        Assert.Equal("joined", (await client.JoinAsync("r", $",\"token\":\"{TokenHost.RoomToken("r", "\"join\"")}\"")).Type());
    }

    [Fact]
    public async Task TokenForARoom_ThatIsRefreshed_KeepsTheMembership()
    {
        await using GatewayHost host = await TokenHost.StartAsync();
        await using TestClient client = await host.ConnectWithAsync(TokenHost.Token("ann", ""));
        await client.JoinAsync("r", $",\"token\":\"{TokenHost.RoomToken("r", "\"join\"", 60)}\"");
        host.Time.Advance(TimeSpan.FromSeconds(61));
        await client.NextAsync("expiring");

        (await client.RefreshAsync(TokenHost.RoomToken("s", "\"join\""), ",\"room\":\"r\"")).ShouldBeError("unauthorized");
        (await client.RefreshAsync(TokenHost.RoomToken("s", "\"join\""), ",\"room\":\"s\"")).ShouldBeError("not_joined");
        Assert.Equal("ok", (await client.RefreshAsync(
            TokenHost.RoomToken("r", "\"join\",\"publish\"", 200), ",\"room\":\"r\"")).Type());

        host.Time.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal("published", (await client.PublishAsync("r", "1")).Type());
    }

    [Fact]
    public async Task Resume_WithFewerCapabilities_IsWithoutTheRoomsThatAreNotAllowedAnyMore()
    {
        await using GatewayHost host = await TokenHost.StartAsync();
        await using TestClient ann = await host.ConnectWithAsync(TokenHost.Token("ann", Both));
        await ann.JoinAsync("a", ",\"presence\":true");
        await ann.JoinAsync("b");
        ann.Drop();

        await using TestClient again = await host.ClientWithAsync($"?token={TokenHost.Token("ann", OnlyB)}", null);
        JsonElement welcome = await again.ConnectAsync($",\"resume\":\"{ann.Token}\"");

        Assert.Equal(["b"], welcome.GetProperty("rooms").EnumerateObject().Select(room => room.Name));
        await host.Backplane.CalledAsync("LeaveAsync");
        (await again.PublishAsync("b", "1")).ShouldBeError("forbidden");
    }

    [Fact]
    public async Task Resume_WithoutPresence_ShowsNone()
    {
        await using GatewayHost host = await TokenHost.StartAsync();
        await using TestClient ann = await host.ConnectWithAsync(TokenHost.Token("ann", Both));
        await ann.JoinAsync("a", ",\"presence\":true");
        ann.Drop();

        await using TestClient again = await host.ClientWithAsync(
            $"?token={TokenHost.Token("ann", """{"rooms":"a","allow":["join"]}""")}", null);
        JsonElement welcome = await again.ConnectAsync($",\"resume\":\"{ann.Token}\"");

        Assert.False(welcome.GetProperty("rooms").GetProperty("a").TryGetProperty("presence", out _));
    }

    private static X509Certificate2 SelfSigned()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new("CN=localhost", key, HashAlgorithmName.SHA256);
        DateTimeOffset now = DateTimeOffset.UtcNow;
        using X509Certificate2 certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
    }
}
