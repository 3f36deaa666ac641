using System.Security.Cryptography;
using System.Text;

namespace Switchboard.Webhooks.Tests.Testing;

/// <summary>The secret of the tests, and a check of signatures that is a receiver's own.</summary>
internal static class Secrets
{
    public const string Text = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    public static bool Signed(Receiver.Received received) =>
        received.Signature == "v1," + Convert.ToBase64String(HMACSHA256.HashData(
            Convert.FromBase64String(Text["whsec_".Length..]),
            Encoding.UTF8.GetBytes($"{received.Id}.{received.Timestamp}.{received.Body}")));
}
