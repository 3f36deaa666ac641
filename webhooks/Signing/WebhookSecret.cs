namespace Switchboard.Webhooks.Signing;

/// <summary>Reads the secret of an endpoint, as the Standard Webhooks specification writes it.</summary>
internal static class WebhookSecret
{
    private const string Prefix = "whsec_";
    private const int MinBytes = 24;
    private const int MaxBytes = 64;

    /// <exception cref="InvalidDataException">It is none.</exception>
    /// <exception cref="IOException">The file can't be read.</exception>
    public static byte[] Read(EndpointOptions options)
    {
        string text = (options.Secret.Length > 0 ? options.Secret : File.ReadAllText(options.SecretFile)).Trim();
        string encoded = text.StartsWith(Prefix, StringComparison.Ordinal) ? text[Prefix.Length..] : text;
        byte[] secret = new byte[encoded.Length];
        return Convert.TryFromBase64String(encoded, secret, out int length) && length is >= MinBytes and <= MaxBytes
            ? secret[..length]
            : throw new InvalidDataException(
                $"a secret must be {MinBytes} to {MaxBytes} bytes in base64; make one with \"openssl rand -base64 32\"");
    }
}
