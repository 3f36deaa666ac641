using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Switchboard.Webhooks.Signing;

/// <summary>Signs requests after the Standard Webhooks specification, version 1.0.0: HMAC-SHA256 of id, time and body.</summary>
internal sealed class WebhookSigner(byte[] secret)
{
    /// <summary>The value of the header webhook-signature.</summary>
    /// <param name="id">The value of webhook-id.</param>
    /// <param name="timestamp">The value of webhook-timestamp: seconds since the Unix epoch.</param>
    /// <param name="body">The body as it is sent.</param>
    public string Sign(string id, long timestamp, ReadOnlySpan<byte> body)
    {
        using IncrementalHash hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, secret);
        hmac.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{timestamp}.")));
        hmac.AppendData(body);
        return $"v1,{Convert.ToBase64String(hmac.GetHashAndReset())}";
    }
}
