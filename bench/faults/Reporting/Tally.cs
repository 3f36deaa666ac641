using Switchboard.Load.Measuring;

namespace Switchboard.Faults.Reporting;

/// <summary>What a run counts and measures, over all of its sessions.</summary>
internal sealed class Tally
{
    public long Acknowledged { get; set; }

    /// <summary>Answers that said <c>duplicate</c>: retries whose first attempt had arrived.</summary>
    public long AnsweredAsDuplicate { get; set; }

    public long Delivered { get; set; }

    /// <summary>Publishes that were sent again with their key.</summary>
    public long Retries { get; set; }

    /// <summary>Errors that say <c>retry</c>, by code.</summary>
    public Counts Passing { get; } = new();

    /// <summary>All other errors, by code.</summary>
    public Counts Errors { get; } = new();

    /// <summary>Sockets that ended, by close code or by what happened.</summary>
    public Counts Disconnects { get; } = new();

    /// <summary>Attempts to open a socket that failed, by what happened.</summary>
    public Counts FailedDials { get; } = new();

    /// <summary>What became of the room after a socket had ended: recovered, not recovered and why.</summary>
    public Counts Resumes { get; } = new();

    /// <summary>Tokens that were not accepted, by code.</summary>
    public Counts Expired { get; } = new();

    /// <summary>From when a publish was due to its acknowledgement.</summary>
    public Histogram AckLatency { get; } = new();

    /// <summary>From when a publish was due to each receipt.</summary>
    public Histogram DeliveryLatency { get; } = new();

    /// <summary>From the end of a socket until its session was in its room again.</summary>
    public Histogram ResumeTime { get; } = new();
}
