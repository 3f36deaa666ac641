using System.Net;
using System.Text;
using Switchboard.Client.Session;
using Switchboard.Client.Tests.Testing;
using Switchboard.Client.Transports;

namespace Switchboard.Client.Tests.Transports;

public sealed class PollingLinkTests
{
    private static readonly byte[] Welcome = Encoding.UTF8.GetBytes("""[{"type":"welcome","connection":"c-1"}]""");

    [Theory]
    [InlineData("resume_expired", false)]
    [InlineData("unavailable", true)]
    public async Task Poll_ThatIsRefused_EndsTheLink(string code, bool retry)
    {
        using HttpListener server = Listen(out Uri address);
        Task answering = AnswerAllAsync(server, $$"""[{"type":"error","code":"{{code}}","message":"no","retry":{{(retry ? "true" : "false")}}}]""");
        await using PollingLink link = new(
            new FallbackHttp(new SwitchboardClientOptions { Url = address }, new LinkRequest(static () => null, static (_, _) => { })),
            Welcome,
            TimeProvider.System);
        Receiver receiver = new();

        LinkEnd end = await link.ReceiveAsync(receiver).WithinAsync("the end of the link");

        Assert.Equal(LinkEnd.Abnormal, end.Code);
        Assert.Equal(1, receiver.Events);
        server.Stop();
        await answering.WithinAsync("the server's end");
    }

    private static HttpListener Listen(out Uri address)
    {
        using (System.Net.Sockets.TcpListener free = new(IPAddress.Loopback, 0))
        {
            free.Start();
            address = new Uri($"http://{free.LocalEndpoint}/");
        }

        HttpListener server = new();
        server.Prefixes.Add(address.ToString());
        server.Start();
        return server;
    }

    private static async Task AnswerAllAsync(HttpListener server, string events)
    {
        try
        {
            while (true)
            {
                HttpListenerContext asked = await server.GetContextAsync();
                await asked.Request.InputStream.CopyToAsync(Stream.Null);
                await asked.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(events));
                asked.Response.Close();
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            // It was stopped.
        }
    }

    private sealed class Receiver : ILinkReceiver
    {
        public int Events { get; private set; }

        public void OnHeard()
        {
        }

        public ValueTask OnEventAsync(ReadOnlyMemory<byte> message, bool isBinary)
        {
            Events++;
            return default;
        }
    }
}
