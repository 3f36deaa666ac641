using Switchboard.Protocol.Handshake;

namespace Switchboard.Gateway.Listening;

/// <summary>What becomes of a handshake: an admission or a refusal.</summary>
internal readonly record struct Verdict(Admission? Admission, HandshakeRefusal? Refusal)
{
    public static implicit operator Verdict(Admission admission) => new(admission, null);

    public static implicit operator Verdict(HandshakeRefusal refusal) => new(null, refusal);
}
