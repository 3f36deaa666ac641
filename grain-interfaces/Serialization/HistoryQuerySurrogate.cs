using Switchboard.Core.Backplane;
using Switchboard.Core.Feeds;

namespace Switchboard.GrainInterfaces.Serialization;

/// <summary>How <see cref="HistoryQuery"/> goes over the wire.</summary>
[GenerateSerializer, Alias("switchboard.history-query")]
internal struct HistoryQuerySurrogate
{
    [Id(0)]
    public Position? From;

    [Id(1)]
    public bool Backward;

    [Id(2)]
    public int Limit;
}
