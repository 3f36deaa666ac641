using System.Diagnostics.CodeAnalysis;

namespace Switchboard.Protocol.Handshake;

/// <summary>What <see cref="RequestHeadParser.Parse"/> found.</summary>
public readonly struct RequestHeadResult
{
    private RequestHeadResult(HeadParseStatus status, RequestHead? head, HandshakeRefusal? refusal)
    {
        Status = status;
        Head = head;
        Refusal = refusal;
    }

    /// <summary>Whether there is a head, a refusal, or neither yet.</summary>
    public HeadParseStatus Status { get; }

    /// <summary>The head, where <see cref="Status"/> is <see cref="HeadParseStatus.Done"/>.</summary>
    public RequestHead? Head { get; }

    /// <summary>The answer to send, where <see cref="Status"/> is <see cref="HeadParseStatus.Violation"/>.</summary>
    public HandshakeRefusal? Refusal { get; }

    /// <summary>How many bytes of the input the head took; 0 where there is none.</summary>
    public int Consumed => Head?.Length ?? 0;

    /// <summary>Whether there is a head.</summary>
    [MemberNotNullWhen(true, nameof(Head))]
    public bool IsDone => Status == HeadParseStatus.Done;

    /// <summary>Whether there is a refusal.</summary>
    [MemberNotNullWhen(true, nameof(Refusal))]
    public bool IsViolation => Status == HeadParseStatus.Violation;

    internal static RequestHeadResult Done(RequestHead head) => new(HeadParseStatus.Done, head, null);

    internal static RequestHeadResult Violation(HandshakeRefusal refusal) =>
        new(HeadParseStatus.Violation, null, refusal);
}
