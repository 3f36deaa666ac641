namespace Switchboard.Core.Backplane;

/// <summary>A page of the connections of an edge.</summary>
/// <param name="Status">Ok, NoSuchNode or Unavailable.</param>
/// <param name="Connections">The connections, by id.</param>
/// <param name="More">Whether others follow.</param>
public sealed record ConnectionPage(BackplaneStatus Status, IReadOnlyList<NodeConnection> Connections, bool More)
{
    /// <summary>The answer where there is nothing to see.</summary>
    public static ConnectionPage Refuse(BackplaneStatus status) => new(status, [], false);
}
