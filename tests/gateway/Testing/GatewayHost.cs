using System.Net;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Switchboard.Core.Backplane;
using Switchboard.Core.InProcess;
using Switchboard.Core.Tests.Testing;
using Switchboard.Gateway.WebSockets;

namespace Switchboard.Gateway.Tests.Testing;

/// <summary>A gateway on Kestrel with the in-process backplane, on a free loopback port and a clock of the test's.</summary>
internal sealed class GatewayHost : IAsyncDisposable
{
    private readonly int _buffers = SharedBuffer.Outstanding;
    private readonly WebApplication _app;
    private readonly InProcessBackplane _inner;
    private readonly FailingLoggerProvider _log;

    private GatewayHost(
        WebApplication app, FakeTime time, InProcessBackplane inner, WatchedBackplane watch, FailingLoggerProvider log)
    {
        _app = app;
        _inner = inner;
        _log = log;
        Time = time;
        Backplane = watch;
        Address = new Uri(_app.Services.GetRequiredService<IServer>().Features
            .Get<IServerAddressesFeature>()!.Addresses.First());
    }

    public FakeTime Time { get; }

    /// <summary>Tells when the gateway has called the backplane.</summary>
    public WatchedBackplane Backplane { get; }

    public IServiceProvider Services => _app.Services;

    public Uri Address { get; }

    public IPEndPoint EndPoint => new(IPAddress.Loopback, Address.Port);

    public static async Task<GatewayHost> StartAsync(
        Action<GatewayOptions>? configure = null,
        InProcessOptions? backplane = null,
        Action<WebApplicationBuilder>? build = null)
    {
        FakeTime time = new();
        FailingLoggerProvider log = new();
        InProcessBackplane inner = new(backplane ?? new InProcessOptions(), time);
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRouting();
        builder.Services.AddMetrics();
        builder.Services.AddLogging(logging => logging.AddProvider(log));
        builder.Services.AddSingleton<TimeProvider>(time);
        (IBackplane watched, WatchedBackplane watch) = WatchedBackplane.Around(inner);
        builder.Services.AddSingleton(watched);
        builder.Services.AddSingleton(inner.Admin);
        builder.Services.AddSwitchboardGateway(
            options =>
            {
                options.EchoPath = "/echo";
                configure?.Invoke(options);
            },
            new BackplaneFacts(TimeSpan.FromSeconds(10), MaxRooms: 100, MaxStateBytes: 1024));
        build?.Invoke(builder);
        WebApplication app = builder.Build();
        app.UseSwitchboard();
        app.MapSwitchboardApi();
        app.MapSwitchboardConsole();
        app.MapFallback("{**path}", context => context.Response.WriteAsync($"aspnet {context.Request.Method} {context.Request.Path}"));
        await app.StartAsync();
        return new GatewayHost(app, time, inner, watch, log);
    }

    /// <summary>Opens a WebSocket with the base library's client.</summary>
    public async Task<ClientWebSocket> OpenAsync(string pathAndQuery, Action<ClientWebSocketOptions>? configure = null)
    {
        ClientWebSocket socket = new();
        configure?.Invoke(socket.Options);
        UriBuilder uri = new(new Uri(Address, pathAndQuery)) { Scheme = Address.Scheme == "https" ? "wss" : "ws" };
        await socket.ConnectAsync(uri.Uri, Limit.Token());
        return socket;
    }

    /// <summary>Opens a WebSocket for the client protocol, without connecting yet.</summary>
    public async Task<TestClient> ClientAsync(string user, bool deflate = false)
    {
        ClientWebSocket socket = await OpenAsync($"/ws?user={Uri.EscapeDataString(user)}", options =>
        {
            options.AddSubProtocol("switchboard.v1.json");
            options.DangerousDeflateOptions = deflate ? new WebSocketDeflateOptions() : null;
        });
        return new TestClient(socket);
    }

    /// <summary>Opens a WebSocket and connects as a new connection.</summary>
    public async Task<TestClient> ConnectAsync(string user, bool deflate = false)
    {
        TestClient client = await ClientAsync(user, deflate);
        await client.ConnectAsync();
        return client;
    }

    /// <summary>Lets time pass in the server, again and again, until a task is done that depends on it.</summary>
    public async Task AdvanceUntilAsync(Task task, TimeSpan by) =>
        Assert.True(await TryAdvanceUntilAsync(task, by, times: 3000), "time passed in vain");

    /// <summary>The same, so many times at most; false when the task is not done then.</summary>
    public async Task<bool> TryAdvanceUntilAsync(Task task, TimeSpan by, int times)
    {
        for (int i = 0; i < times && !task.IsCompleted; i++)
        {
            Time.Advance(by);
            await Task.WhenAny(task, Task.Delay(TimeSpan.FromMilliseconds(10), CancellationToken.None));
        }

        return task.IsCompleted;
    }

    public Task StopAsync() => _app.StopAsync(Limit.Token());

    /// <summary>Takes the one error that a test expects out of the log, once it is there.</summary>
    public string TakeError()
    {
        Assert.True(_log.Errors.TryDequeue(out string? error), "no error was logged");
        return error;
    }

    /// <summary>Ends the server; whatever the test was, it must have logged no error and kept no buffer.</summary>
    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _inner.DisposeAsync();
        Assert.True(_log.Errors.IsEmpty, string.Join(Environment.NewLine, _log.Errors));
        Assert.Equal(_buffers, SharedBuffer.Outstanding);
    }
}
