using System.Text.Json.Nodes;
using Switchboard.ClientContract.Harness;

namespace Switchboard.ClientContract.Transports;

/// <summary>Long polling, or plain polling where it does not wait.</summary>
internal sealed class PollingTransport(string name, int wait) : ClientTransport
{
    public override string Name => name;

    public override bool IsStreaming => false;

    public override Task<IClientLink> OpenAsync(ClientRoute route, string user, JsonObject connect, ClientTurns turns)
    {
        PollingLink link = new(path => Address(route.Next(), "http", path, user), wait, connect, turns);
        link.Start();
        return Task.FromResult<IClientLink>(link);
    }
}
