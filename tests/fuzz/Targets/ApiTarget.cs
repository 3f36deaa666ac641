using System.Diagnostics.Metrics;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Switchboard.Core.Backplane;
using Switchboard.Core.Connections;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;
using Switchboard.Core.InProcess;
using Switchboard.Core.Rooms;
using Switchboard.Gateway;
using Switchboard.Gateway.Api;
using Switchboard.Gateway.Api.Routes;
using Switchboard.Gateway.Identity.ApiKeys;
using Switchboard.Gateway.Identity.Tokens;
using Switchboard.Gateway.Listening;
using Switchboard.Gateway.Metrics;
using static Switchboard.Fuzz.FuzzFailureException;

namespace Switchboard.Fuzz.Targets;

/// <summary>
/// The HTTP API's own handlers over the in-process backplane, without a socket. An input is one byte that picks the route,
/// and the body or the query. Whatever comes, the answer is no 5xx, and JSON where it has a body.
/// </summary>
internal sealed class ApiTarget : IFuzzTarget, IDisposable
{
    // What is kept between two inputs stays small: history would tie an input to those before it.
    private const int Lifetime = 256;

    private static readonly GatewayMetrics Metrics =
        new(new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>());

    private InProcessBackplane _backplane = new(new InProcessOptions(), TimeProvider.System);
    private ApiServer _server;
    private int _inputs;

    public ApiTarget() => _server = Create();

    public string Name => "api";

    public int Weight => 10;

    public int MaxInput => 2048;

    // A context with its features, the pipes, the document and its raw parts, the answer; and the backplane of many inputs.
    public long MaxAllocation => 4 * 1024 * 1024;

    public IEnumerable<byte[]> Seeds => ApiSeeds.All(_server.Routes.Count);

    public IReadOnlyList<byte[]> Dictionary => ApiSeeds.Dictionary;

    public void Run(ReadOnlySpan<byte> input, Trace trace)
    {
        if (input.IsEmpty)
        {
            return;
        }

        if (++_inputs % Lifetime == 0)
        {
            Dispose();
            _backplane = new InProcessBackplane(new InProcessOptions(), TimeProvider.System);
            _server = Create();
        }

        ApiRoute route = _server.Routes[input[0] % _server.Routes.Count];
        (int status, ReadOnlyMemory<byte> body) = Serve(route, input[1..].ToArray());
        Unless(status is >= 200 and < 500, $"{route.Path} answers {status}");
        string code = string.Empty;
        if (!body.IsEmpty)
        {
            using JsonDocument answer = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 128 });
            Unless(answer.RootElement.ValueKind == JsonValueKind.Object, "the answer is no object");
            code = status < 400 ? string.Empty : Wording(answer.RootElement);
        }

        trace.Note(1, input[0] % _server.Routes.Count, status);
        trace.Note(2, input[0] % _server.Routes.Count, string.GetHashCode(code, StringComparison.Ordinal) & 0xFFF);
    }

    public void Dispose() => _backplane.DisposeAsync().AsTask().Wait();

    private static string Wording(JsonElement problem)
    {
        Unless(problem.GetProperty("detail").GetString() is { Length: > 0 and < 600 }, "a problem without a detail, or an endless one");
        return problem.GetProperty("code").GetString()!;
    }

    private (int Status, ReadOnlyMemory<byte> Body) Serve(ApiRoute route, byte[] text)
    {
        using MemoryStream answer = new();
        DefaultHttpContext context = new();
        context.Features.Set(LoopbackFeature.Instance);
        context.Request.Method = route.Method;
        context.Request.Host = new HostString("127.0.0.1");
        context.Response.Body = answer;
        if (route.Method == HttpMethods.Get)
        {
            context.Request.QueryString = new QueryString("?" + Encoding.Latin1.GetString(text).Replace("#", "%23", StringComparison.Ordinal));
        }
        else
        {
            context.Request.ContentType = "application/json";
            context.Request.Body = new MemoryStream(text);
        }

        Task served = _server.ServeAsync(context, route);
        Unless(served.Wait(TimeSpan.FromSeconds(30)), "never answered");
        return (context.Response.StatusCode, answer.ToArray());
    }

    private ApiServer Create()
    {
        _backplane.Attach(new NoEdge());
        GatewayOptions options = new();

        // All inputs come with one key, faster than any rate.
        options.Api.RequestsPerSecond = 0;
        options.Access.Tokens.Keys.Add(new TokenKeyOptions { Algorithm = TokenAlgorithm.HS256, Secret = new string('s', 64) });
        IOptions<GatewayOptions> wrapped = Options.Create(options);
        return new ApiServer(
            _backplane,
            _backplane.Admin,
            new ApiAuthenticator(new ApiKeyVerifier([]), wrapped),
            new TokenIssuer(options.Access.Tokens, TimeProvider.System),
            TimeProvider.System,
            wrapped,
            Metrics);
    }

    private sealed class NoEdge : IEdge
    {
        public void Deliver(FeedId feed, Epoch epoch, IReadOnlyList<FeedEntry> entries)
        {
        }

        public void Lost(FeedId feed, Position now)
        {
        }

        public void Presence(RoomName room, PresenceChange change)
        {
        }

        public void Disconnect(ConnectionId connection, long attachment, DisconnectReason reason)
        {
        }
    }
}
