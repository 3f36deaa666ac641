namespace Switchboard.Gateway;

/// <summary>The certificate of the program's https addresses.</summary>
public sealed class TlsOptions
{
    /// <summary>
    /// The certificate: a PEM file, with the certificates between it and the root behind it, or a PKCS #12 file (.pfx,
    /// .p12). Empty for none: then an https address takes its certificate from Kestrel's own settings.
    /// </summary>
    public string CertificatePath { get; set; } = string.Empty;

    /// <summary>The private key's PEM file; empty where it stands in the certificate's file.</summary>
    public string KeyPath { get; set; } = string.Empty;

    /// <summary>The password of the key or of the PKCS #12 file; empty for none.</summary>
    public string Password { get; set; } = string.Empty;

    /// <summary>How often the files are looked at: a new certificate is used from then on, without a restart.</summary>
    public TimeSpan Reload { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Whether there is a certificate.</summary>
    public bool IsConfigured => CertificatePath.Length > 0;

    /// <summary>Says what is wrong, one message a field; nothing where all is well.</summary>
    public IEnumerable<string> Validate()
    {
        if (!IsConfigured && (KeyPath.Length > 0 || Password.Length > 0))
        {
            yield return $"{nameof(CertificatePath)} is missing: there is a {nameof(KeyPath)} or a {nameof(Password)} without it";
        }

        foreach (string issue in Range.Check(nameof(Reload), Reload, TimeSpan.FromMilliseconds(100), TimeSpan.FromDays(1)))
        {
            yield return issue;
        }
    }
}
