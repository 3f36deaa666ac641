namespace Switchboard.Webhooks;

/// <summary>What happens where an endpoint that is asked gives no valid answer in time.</summary>
public enum FailurePolicy
{
    /// <summary>It is refused, and the client may try again.</summary>
    Closed,

    /// <summary>It goes on as if there were no such endpoint.</summary>
    Open,
}
