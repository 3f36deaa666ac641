using Switchboard.Core.Backplane;
using Switchboard.Core.Identifiers;

namespace Switchboard.GrainInterfaces.Serialization;

/// <summary>How <see cref="ConnectionSummary"/> goes over the wire.</summary>
[GenerateSerializer, Alias("switchboard.connection-summary")]
internal struct ConnectionSummarySurrogate
{
    [Id(0)]
    public ConnectionId Connection;

    [Id(1)]
    public bool IsAttached;
}
