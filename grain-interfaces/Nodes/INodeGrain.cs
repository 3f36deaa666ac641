using Switchboard.Core.Backplane;

namespace Switchboard.GrainInterfaces.Nodes;

/// <summary>One silo, as an operator sees it; its key is the silo's address.</summary>
[Alias("switchboard.node")]
public interface INodeGrain : IGrainWithStringKey
{
    /// <summary>What the silo says of itself; null where the grain is not on that silo.</summary>
    [Alias("report")]
    [ResponseTimeout("00:00:02")]
    ValueTask<NodeReport?> ReportAsync();

    /// <summary>Begins to stop the silo, as it does when its program is told to; false where the grain is not on that silo.</summary>
    [Alias("drain")]
    [ResponseTimeout("00:00:02")]
    ValueTask<bool> DrainAsync();
}
