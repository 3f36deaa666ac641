namespace Switchboard.Protocol.Envelope.Events;

/// <summary>A command failed. The connection lives on.</summary>
/// <param name="Id">The command's id; 0 where it had none or none could be read.</param>
/// <param name="Code">One of <see cref="ErrorCodes"/>.</param>
/// <param name="Message">What is wrong, for people; it names the field.</param>
/// <param name="Retry">Whether the same command may succeed when it is sent again.</param>
/// <param name="Room">The room concerned, where there is one; else null.</param>
/// <param name="RetryAfter">In how many milliseconds to send it again; 0 where that is not known.</param>
public readonly record struct ErrorEvent(
    long Id, string Code, string Message, bool Retry = false, string? Room = null, long RetryAfter = 0);
