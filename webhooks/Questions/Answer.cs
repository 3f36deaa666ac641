namespace Switchboard.Webhooks.Questions;

/// <summary>What the application says to a question.</summary>
/// <param name="Kind">Yes, no, or nothing that could be understood.</param>
internal readonly record struct Answer(AnswerKind Kind)
{
    public static readonly Answer Allowed = new(AnswerKind.Allowed);
    public static readonly Answer Failed = new(AnswerKind.Failed);

    /// <summary>Refused: the error's code; null for "refused".</summary>
    public string? Code { get; init; }

    /// <summary>Refused: what is wrong, for people; null for nothing in particular.</summary>
    public string? Message { get; init; }

    /// <summary>Connect: who the client is, a valid name; null where that is not said.</summary>
    public string? User { get; init; }

    /// <summary>Connect: the rooms to join at once, valid names.</summary>
    public IReadOnlyList<string>? Rooms { get; init; }

    /// <summary>Publish: one JSON value in place of the payload; null to leave it.</summary>
    public byte[]? Data { get; init; }
}
