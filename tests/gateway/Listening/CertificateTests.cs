using System.Net;
using System.Net.Security;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Switchboard.Core.Tests.Testing;
using Switchboard.Gateway.Tests.Testing;
using Switchboard.Gateway.Tls;

namespace Switchboard.Gateway.Tests.Listening;

/// <summary>TLS with a certificate of the configuration.</summary>
public sealed class CertificateTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("switchboard-tls").FullName;

    private string CertificatePath => Path.Combine(_folder, "cert.pem");

    private string KeyPath => Path.Combine(_folder, "key.pem");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task Https_ByConfiguration_SpeaksBothVersions(string version)
    {
        string shown = WritePem();
        await using GatewayHost host = await StartAsync(Pem());
        using HttpClient http = Client(shown);

        using HttpRequestMessage request = new(HttpMethod.Get, new Uri(host.Address, "/x"))
        {
            Version = new Version(version),
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        using HttpResponseMessage response = await http.SendAsync(request, Limit.Token());

        Assert.Equal(("aspnet GET /x", version), (await response.Content.ReadAsStringAsync(), response.Version.ToString()));
    }

    [Fact]
    public async Task WebSocket_ByConfiguration_SpeaksTheProtocol()
    {
        string shown = WritePem();
        await using GatewayHost host = await StartAsync(Pem());
        await using TestClient ann = new(await host.OpenAsync("/ws?user=ann", options =>
        {
            options.RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate?.GetCertHashString() == shown;
            options.AddSubProtocol("switchboard.v1.json");
            options.DangerousDeflateOptions = new WebSocketDeflateOptions();
        }));

        await ann.ConnectAsync();
        await ann.JoinAsync("r");
        await ann.PublishAsync("r", "1");

        Assert.Equal(1, (await ann.NextAsync("message")).Number("offset"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("secret")]
    public async Task Pfx_WithOrWithoutPassword_IsUsed(string password)
    {
        string path = Path.Combine(_folder, "cert.pfx");
        using X509Certificate2 certificate = Create();
        await File.WriteAllBytesAsync(path, certificate.Export(X509ContentType.Pkcs12, password));
        await using GatewayHost host = await StartAsync(new TlsOptions { CertificatePath = path, Password = password });
        using HttpClient http = Client(certificate.Thumbprint);

        Assert.Equal("aspnet GET /x", await http.GetStringAsync(new Uri(host.Address, "/x"), Limit.Token()));
    }

    [Fact]
    public async Task Pem_EncryptedKey_TakesThePassword()
    {
        using X509Certificate2 certificate = Create();
        await File.WriteAllTextAsync(CertificatePath, certificate.ExportCertificatePem());
        using ECDsa key = certificate.GetECDsaPrivateKey()!;
        await File.WriteAllTextAsync(KeyPath, key.ExportEncryptedPkcs8PrivateKeyPem(
            "secret", new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000)));
        TlsOptions options = Pem();
        options.Password = "secret";

        using CertificateSource source = new(options, new FakeTime(), NullLogger<CertificateSource>.Instance);

        Assert.Equal(certificate.Thumbprint, source.Current.TargetCertificate.Thumbprint);
    }

    [Fact]
    public async Task Files_Replaced_AreUsedWithoutARestartAndBrokenOnesAreNot()
    {
        string first = WritePem();
        TlsOptions options = Pem();
        await using GatewayHost host = await StartAsync(options);
        Assert.Equal(first, await ShownAsync(host));
        using WebSocket open = await host.OpenAsync("/echo", socket =>
            socket.RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate?.GetCertHashString() == first);

        // The new certificate with the old key, as a look in between would find them.
        (string second, string key) = WriteCertificate();
        host.Time.Advance(options.Reload);
        Assert.Equal(first, await ShownAsync(host));
        Assert.Contains("can't be used", host.TakeError(), StringComparison.Ordinal);
        host.Time.Advance(options.Reload);

        await File.WriteAllTextAsync(KeyPath, key);
        host.Time.Advance(options.Reload);
        Assert.Equal(second, await ShownAsync(host));

        File.Delete(CertificatePath);
        host.Time.Advance(options.Reload);
        Assert.Equal(second, await ShownAsync(host));
        Assert.Contains("can't be used", host.TakeError(), StringComparison.Ordinal);
        Assert.Equal(WebSocketState.Open, open.State);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("no certificate")]
    public async Task Start_WithoutAUsableFile_SaysWhichOne(string? content)
    {
        if (content is not null)
        {
            await File.WriteAllTextAsync(CertificatePath, content);
        }

        InvalidOperationException thrown = await Assert.ThrowsAsync<InvalidOperationException>(
            async () => await StartAsync(new TlsOptions { CertificatePath = CertificatePath }));

        Assert.Contains(CertificatePath, thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Certificate_WithItsChainInTheFile_IsTheFirstOne()
    {
        using ECDsa rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest root = new("CN=root", rootKey, HashAlgorithmName.SHA256);
        root.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        DateTimeOffset now = DateTimeOffset.UtcNow;
        using X509Certificate2 issuer = root.CreateSelfSigned(now.AddDays(-1), now.AddDays(2));
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using X509Certificate2 leaf =
            new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256).Create(issuer, now.AddHours(-1), now.AddDays(1), [1]);
        File.WriteAllText(CertificatePath, leaf.ExportCertificatePem() + "\n" + issuer.ExportCertificatePem());
        File.WriteAllText(KeyPath, key.ExportPkcs8PrivateKeyPem());

        using CertificateSource source = new(Pem(), new FakeTime(), NullLogger<CertificateSource>.Instance);

        Assert.Equal(leaf.Thumbprint, source.Current.TargetCertificate.Thumbprint);
    }

    [Fact]
    public async Task Chain_InTheFile_IsSentSoThatWhoKnowsTheRootAloneTrustsIt()
    {
        using X509Certificate2 root = WriteChain();
        await using GatewayHost host = await StartAsync(Pem());
        using System.Net.Sockets.TcpClient tcp = new();
        await tcp.ConnectAsync(host.EndPoint, Limit.Token());
        await using SslStream tls = new(tcp.GetStream());
        X509ChainPolicy policy = new()
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        policy.CustomTrustStore.Add(root);

        await tls.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions { TargetHost = "localhost", CertificateChainPolicy = policy }, Limit.Token());

        Assert.Equal("CN=localhost", tls.RemoteCertificate!.Subject);
    }

    // A certificate, and the one between it and the root; the root is for the client alone.
    private X509Certificate2 WriteChain()
    {
        DateTimeOffset now = DateTimeOffset.UtcNow;
        using ECDsa rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using ECDsa middleKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        X509Certificate2 root = Authority("CN=root", rootKey).CreateSelfSigned(now.AddDays(-1), now.AddDays(3));
        using X509Certificate2 signed = Authority("CN=middle", middleKey).Create(root, now.AddDays(-1), now.AddDays(2), [2]);
        using X509Certificate2 middle = signed.CopyWithPrivateKey(middleKey);
        CertificateRequest request = new("CN=localhost", key, HashAlgorithmName.SHA256);
        SubjectAlternativeNameBuilder names = new();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        using X509Certificate2 leaf = request.Create(middle, now.AddHours(-1), now.AddDays(1), [3]);
        File.WriteAllText(CertificatePath, leaf.ExportCertificatePem() + "\n" + middle.ExportCertificatePem());
        File.WriteAllText(KeyPath, key.ExportPkcs8PrivateKeyPem());
        return root;
    }

    private static CertificateRequest Authority(string name, ECDsa key)
    {
        CertificateRequest request = new(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request;
    }

    private static async Task<string> ShownAsync(GatewayHost host)
    {
        using System.Net.Sockets.TcpClient tcp = new();
        await tcp.ConnectAsync(host.EndPoint, Limit.Token());
        await using SslStream tls = new(tcp.GetStream());
        string? shown = null;
        await tls.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = "localhost",
                RemoteCertificateValidationCallback = (_, certificate, _, _) =>
                {
                    shown = certificate?.GetCertHashString();
                    return shown is not null;
                },
            },
            Limit.Token());
        return shown!;
    }

    private static Task<GatewayHost> StartAsync(TlsOptions tls) => GatewayHost.StartAsync(build: builder =>
    {
        builder.WebHost.UseUrls("https://127.0.0.1:0");
        builder.UseSwitchboardEndpoints(tls, null, "http://127.0.0.1:0");
    });

    private static HttpClient Client(string shown) => new(new SocketsHttpHandler
    {
        SslOptions = { RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate?.GetCertHashString() == shown },
    });

    private static X509Certificate2 Create()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new("CN=localhost", key, HashAlgorithmName.SHA256);
        DateTimeOffset now = DateTimeOffset.UtcNow;
        using X509Certificate2 certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(
            certificate.Export(X509ContentType.Pkcs12), null, X509KeyStorageFlags.Exportable);
    }

    private TlsOptions Pem() => new() { CertificatePath = CertificatePath, KeyPath = KeyPath };

    private string WritePem()
    {
        (string thumbprint, string key) = WriteCertificate();
        File.WriteAllText(KeyPath, key);
        return thumbprint;
    }

    private (string Thumbprint, string Key) WriteCertificate()
    {
        using X509Certificate2 certificate = Create();
        using ECDsa key = certificate.GetECDsaPrivateKey()!;
        File.WriteAllText(CertificatePath, certificate.ExportCertificatePem());
        return (certificate.Thumbprint, key.ExportPkcs8PrivateKeyPem());
    }
}
