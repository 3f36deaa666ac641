using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Switchboard.ClientContract.Harness;

/// <summary>The certificate that all edges under test show, made anew in each run, and the only one that is believed.</summary>
internal static class ContractCertificate
{
    private static readonly Lazy<(string Pem, string Hash)> One = new(Create);

    /// <summary>Writes it and its key to a file.</summary>
    public static void Write(string path) => File.WriteAllText(path, One.Value.Pem);

    /// <summary>Whether a certificate that was shown is this one.</summary>
    public static bool Is(X509Certificate? shown) => shown?.GetCertHashString() == One.Value.Hash;

    private static (string Pem, string Hash) Create()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new("CN=localhost", key, HashAlgorithmName.SHA256);
        DateTimeOffset now = DateTimeOffset.UtcNow;
        using X509Certificate2 certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        return ($"{certificate.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}", certificate.Thumbprint);
    }
}
