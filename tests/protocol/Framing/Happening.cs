using Switchboard.Protocol.Framing;

namespace Switchboard.Protocol.Tests.Framing;

/// <summary>What a reader reported, in a form that compares and prints: the payload in hexadecimal.</summary>
internal sealed record Happening(ReadStatus Status, string Payload, ProtocolViolation? Violation = null)
{
    public static Happening Of(ReadStatus status, params byte[] payload) => new(status, Convert.ToHexString(payload));

    public static Happening Of(ProtocolViolation violation) => new(ReadStatus.Violation, "", violation);
}
