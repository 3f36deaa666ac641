namespace Switchboard.Core.Backplane;

/// <summary>Whether a node takes what comes.</summary>
public enum NodeState : byte
{
    /// <summary>It does.</summary>
    Ready,

    /// <summary>It lets nobody in any more, and sends away who is there.</summary>
    Draining,

    /// <summary>It did not answer when it was asked; it may be on its way up, or down.</summary>
    Silent,
}
