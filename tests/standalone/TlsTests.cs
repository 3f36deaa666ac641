using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Microsoft.Playwright;
using Switchboard.Testing.Browser;
using Switchboard.Testing.Programs;

namespace Switchboard.Standalone.Tests;

/// <summary>The program with a certificate of its configuration: HTTP/2 and the WebSockets over it, with other makes of clients.</summary>
public sealed class TlsTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly string _folder = Directory.CreateTempSubdirectory("switchboard-tls").FullName;
    private ServerProcess _server = null!;

    private string CertificatePath => Path.Combine(_folder, "cert.pem");

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new("CN=localhost", key, HashAlgorithmName.SHA256);
        SubjectAlternativeNameBuilder names = new();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using X509Certificate2 certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        await File.WriteAllTextAsync(CertificatePath, certificate.ExportCertificatePem());
        string keyPath = Path.Combine(_folder, "key.pem");
        await File.WriteAllTextAsync(keyPath, key.ExportPkcs8PrivateKeyPem());
        _server = await ServerProcess.StartAsync(
            "--urls", "https://127.0.0.1:0",
            $"--Switchboard:Tls:CertificatePath={CertificatePath}",
            $"--Switchboard:Tls:KeyPath={keyPath}");
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task NodeHttp2_SpeaksTheProtocolOverAStream()
    {
        Assert.Equal("https", _server.Address.Scheme);
        await ForeignProgram.RunAsync("node", ForeignProgram.PathOf("http2_client.mjs"), _server.Address.ToString(), CertificatePath);
    }

    [Fact]
    public async Task Chromium_OnAPageOverHttp2_OpensItsWebSocketOnTheSameConnection()
    {
        await using Chromium chromium = await Chromium.StartAsync();
        IPage page = await chromium.NewPageAsync(new BrowserNewContextOptions { IgnoreHTTPSErrors = true });
        ICDPSession devtools = await page.Context.NewCDPSessionAsync(page);
        TaskCompletionSource<int> status = new(TaskCreationOptions.RunContinuationsAsynchronously);
        devtools.Event("Network.webSocketHandshakeResponseReceived").OnEvent += (_, handshake) =>
            status.TrySetResult(handshake!.Value.GetProperty("response").GetProperty("status").GetInt32());
        await devtools.SendAsync("Network.enable");

        await page.GotoAsync($"{_server.Address}?user=ann&room=lobby");
        await page.ExpectAsync("[data-testid=status][data-state=online]");
        await page.SayAsync("over http/2");
        await page.WaitForTextsAsync("over http/2");

        Assert.Equal("h2", await page.EvaluateAsync<string>("performance.getEntriesByType('navigation')[0].nextHopProtocol"));

        // Over HTTP/1.1 it would be 101.
        Assert.Equal(200, await status.Task.WaitAsync(Patience));
    }

    [Fact]
    public async Task Start_WithoutTheFile_FailsWithOneLine()
    {
        (int exitCode, string output) = await ServerProcess.RunAsync(
            "--urls", "https://127.0.0.1:0", "--Switchboard:Tls:CertificatePath=/nowhere/cert.pem");

        Assert.Equal(1, exitCode);
        Assert.Contains("switchboard could not start: the certificate can't be used, see Switchboard:Tls (/nowhere/cert.pem)", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Api_OnAnAddressOfItsOwn_IsThereAndNotElsewhere()
    {
        int port = Ports.Free();
        await using ServerProcess server = await ServerProcess.StartAsync($"--Switchboard:Gateway:Api:Url=http://127.0.0.1:{port}");
        using HttpClient http = new();

        using HttpResponseMessage there = await http.GetAsync(new Uri($"http://127.0.0.1:{port}/api/v1/rooms"));
        int[] ports = [.. server.Output.Split('\n').Where(line => line.Contains("Now listening on", StringComparison.Ordinal))
            .Select(line => new Uri(line[line.IndexOf("http", StringComparison.Ordinal)..].Trim()).Port)];
        using HttpResponseMessage elsewhere = await http.GetAsync(new Uri($"http://127.0.0.1:{ports.First(one => one != port)}/api/v1/rooms"));

        Assert.Equal(HttpStatusCode.OK, there.StatusCode);
        Assert.False(JsonDocument.Parse(await there.Content.ReadAsStringAsync()).RootElement.TryGetProperty("next", out _));
        Assert.Equal(HttpStatusCode.NotFound, elsewhere.StatusCode);
    }
}
