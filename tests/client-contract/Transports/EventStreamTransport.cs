using System.Text.Json.Nodes;
using Switchboard.ClientContract.Harness;

namespace Switchboard.ClientContract.Transports;

/// <summary>Server-sent events, and a POST for what the client sends.</summary>
internal sealed class EventStreamTransport : ClientTransport
{
    public override string Name => "sse";

    public override async Task<IClientLink> OpenAsync(ClientRoute route, string user, JsonObject connect, ClientTurns turns)
    {
        EventStreamLink link = new(path => Address(route.Next(), "http", path, user));
        await link.OpenAsync(connect);
        return link;
    }
}
