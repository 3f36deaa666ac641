using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Switchboard.Gateway.Tls;

/// <summary>The bytes of a certificate's files, and what they hold.</summary>
internal sealed class CertificateFile
{
    private readonly byte[] _certificate;
    private readonly byte[]? _key;

    private CertificateFile(byte[] certificate, byte[]? key)
    {
        _certificate = certificate;
        _key = key;
    }

    /// <exception cref="IOException">A file can't be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read.</exception>
    public static CertificateFile Read(TlsOptions options) => new(
        File.ReadAllBytes(options.CertificatePath),
        options.KeyPath.Length == 0 ? null : File.ReadAllBytes(options.KeyPath));

    public bool IsSame(CertificateFile other) =>
        _certificate.AsSpan().SequenceEqual(other._certificate) && _key.AsSpan().SequenceEqual(other._key);

    /// <summary>The certificate with its key, and the others that are sent along.</summary>
    /// <exception cref="CryptographicException">The files do not hold a certificate and its key.</exception>
    public SslStreamCertificateContext Load(string password)
    {
        X509Certificate2Collection all = [];
        X509Certificate2 own;
        if (IsPem(_certificate))
        {
            string text = Encoding.UTF8.GetString(_certificate);
            string key = _key is null ? text : Encoding.UTF8.GetString(_key);
            using X509Certificate2 pem = password.Length == 0
                ? X509Certificate2.CreateFromPem(text, key)
                : X509Certificate2.CreateFromEncryptedPem(text, key, password);

            // With its key in a form that every platform can use in a handshake.
            own = X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null);
            all.ImportFromPem(text);
        }
        else
        {
            all = X509CertificateLoader.LoadPkcs12Collection(_certificate, password.Length == 0 ? null : password);
            own = all.FirstOrDefault(static one => one.HasPrivateKey)
                ?? throw new CryptographicException("the file holds no certificate with a private key");
        }

        X509Certificate2Collection others = [.. all.Where(one => one.Thumbprint != own.Thumbprint)];
        return SslStreamCertificateContext.Create(own, others, offline: true);
    }

    private static bool IsPem(ReadOnlySpan<byte> file) => file.IndexOf("-----BEGIN "u8) >= 0;
}
