using Switchboard.Core.Backplane;

namespace Switchboard.Node.Feeds;

/// <summary>The edge that is called back, once it has named itself.</summary>
internal sealed class EdgePort
{
    private IEdge? _edge;

    public IEdge Edge => _edge ?? throw new InvalidOperationException($"{nameof(Attach)} comes first.");

    public void Attach(IEdge edge)
    {
        if (Interlocked.CompareExchange(ref _edge, edge, null) is not null)
        {
            throw new InvalidOperationException("An edge is attached already.");
        }
    }
}
