namespace Switchboard.ClientScenarios.Tests.Driving;

/// <summary>What a client is made with. It asks for a token whenever it needs one: <see cref="IClientDriver.GiveToken"/>.</summary>
/// <param name="Url">Of the server, without a path.</param>
/// <param name="Transports">In the order in which they are tried: <c>websocket</c>, <c>sse</c>, <c>long-polling</c>.</param>
internal sealed record ConnectRequest(Uri Url, params string[] Transports);
