using System.Net.WebSockets;

// The echo loop of ASP.NET Core's own documentation, with a 4 KB buffer, in its allocation-free overloads.
var builder = WebApplication.CreateBuilder(args);
builder.Logging.ClearProviders();
var app = builder.Build();
app.UseWebSockets();
app.Run(async context =>
{
    if (!context.WebSockets.IsWebSocketRequest)
    {
        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        return;
    }

    using var socket = await context.WebSockets.AcceptWebSocketAsync();
    Memory<byte> buffer = new byte[4096];
    try
    {
        var received = await socket.ReceiveAsync(buffer, CancellationToken.None);
        while (received.MessageType != WebSocketMessageType.Close)
        {
            await socket.SendAsync(
                buffer[..received.Count], received.MessageType, received.EndOfMessage, CancellationToken.None);
            received = await socket.ReceiveAsync(buffer, CancellationToken.None);
        }

        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
    }
    catch (WebSocketException)
    {
        // The load generator hangs up without a close frame.
    }
});
app.Run();
