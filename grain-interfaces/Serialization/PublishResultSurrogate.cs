using Switchboard.Core.Backplane;
using Switchboard.Core.Feeds;

namespace Switchboard.GrainInterfaces.Serialization;

/// <summary>How <see cref="PublishResult"/> goes over the wire.</summary>
[GenerateSerializer, Alias("switchboard.publish-result")]
internal struct PublishResultSurrogate
{
    [Id(0)]
    public BackplaneStatus Status;

    [Id(1)]
    public Position Position;

    [Id(2)]
    public bool Duplicate;
}
