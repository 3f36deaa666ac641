namespace Switchboard.Webhooks.Questions;

/// <summary>What came of a question.</summary>
internal enum AnswerKind : byte
{
    /// <summary>No valid answer came in time.</summary>
    Failed,

    /// <summary>The application allows it.</summary>
    Allowed,

    /// <summary>The application does not allow it.</summary>
    Refused,
}
