using Switchboard.Core.Backplane;
using Switchboard.Core.Feeds;

namespace Switchboard.GrainInterfaces.Serialization;

/// <summary>How <see cref="HistoryResult"/> goes over the wire.</summary>
[GenerateSerializer, Alias("switchboard.history-result")]
internal struct HistoryResultSurrogate
{
    [Id(0)]
    public BackplaneStatus Status;

    [Id(1)]
    public Position Head;

    [Id(2)]
    public FeedEntry[] Entries;

    [Id(3)]
    public bool More;
}
