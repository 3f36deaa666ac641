using Switchboard.Client.Session;
using Switchboard.Client.Transports;

namespace Switchboard.Client.InMemory;

/// <summary>Links to a server in this process.</summary>
internal sealed class InMemoryTransport(InMemoryServer server, string user) : ITransport
{
    public ValueTask<ILink> OpenAsync(LinkRequest request, CancellationToken cancellationToken)
    {
        InMemoryLink link = new(server, user);
        return server.TryOpen(link)
            ? ValueTask.FromResult<ILink>(link)
            : throw new LinkException(new LinkEnd(LinkEnd.Abnormal, "the server is not reachable"));
    }
}
