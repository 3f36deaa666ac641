using Switchboard.Core.Connections;

namespace Switchboard.Grains.Connections;

/// <summary>A detached connection in the storage.</summary>
[GenerateSerializer, Alias("switchboard.session")]
internal sealed class Session
{
    /// <summary>The connection.</summary>
    [Id(0)]
    public ConnectionState? Connection { get; set; }
}
