namespace Switchboard.Gateway;

/// <summary>What happens to a client whose queue is full.</summary>
public enum SlowConsumerPolicy
{
    /// <summary>What waits is dropped and the socket closed with 4000; the client resumes from its positions.</summary>
    Close,

    /// <summary>What does not fit is skipped, and the client is told of the loss once it catches up.</summary>
    Skip,
}
