using Switchboard.Client.Session;

namespace Switchboard.Client.Transports;

/// <summary>A link can't be had, or is broken.</summary>
internal sealed class LinkException(LinkEnd end) : Exception(end.Reason, end.Cause)
{
    public LinkEnd End { get; } = end;
}
