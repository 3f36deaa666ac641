using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Switchboard.Webhooks.Tests.Testing;

/// <summary>An application on a loopback port: keeps what it is asked and told, and answers as the test says.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly WebApplication _app;
    private readonly Channel<Received> _received = Channel.CreateUnbounded<Received>();
    private readonly ConcurrentQueue<TaskCompletionSource> _held = new();
    private int _count;

    private Receiver(WebApplication app) => _app = app;

    /// <summary>Says for a request what it is answered: a status and a body. 204 unless set; null for never.</summary>
    public Func<Received, Reply?> Answer { get; set; } = static _ => new Reply(204);

    /// <summary>How many requests have come.</summary>
    public int Count => Volatile.Read(ref _count);

    public string Url => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    /// <param name="port">A port that it had before, or any.</param>
    public static async Task<Receiver> StartAsync(int port = 0)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls($"http://127.0.0.1:{port}");
        WebApplication app = builder.Build();
        Receiver receiver = new(app);
        app.Run(receiver.TakeAsync);
        await app.StartAsync();
        return receiver;
    }

    /// <summary>The next request that nobody has taken yet.</summary>
    public async Task<Received> NextAsync()
    {
        using CancellationTokenSource limit = new(Patience);
        return await _received.Reader.ReadAsync(limit.Token);
    }

    /// <summary>The next request of a type; others are passed over for good.</summary>
    public async Task<Received> NextAsync(string type)
    {
        while (true)
        {
            Received next = await NextAsync();
            if (next.Type == type)
            {
                return next;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        Answer = static _ => new Reply(503);
        while (_held.TryDequeue(out TaskCompletionSource? held))
        {
            held.TrySetResult();
        }

        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private async Task TakeAsync(HttpContext context)
    {
        using MemoryStream body = new();
        await context.Request.Body.CopyToAsync(body);
        Received received = new(
            context.Request.Headers["webhook-id"].ToString(),
            context.Request.Headers["webhook-timestamp"].ToString(),
            context.Request.Headers["webhook-signature"].ToString(),
            Encoding.UTF8.GetString(body.ToArray()));
        Interlocked.Increment(ref _count);
        Reply? reply = Answer(received);
        _received.Writer.TryWrite(received);
        if (reply is null)
        {
            TaskCompletionSource held = new(TaskCreationOptions.RunContinuationsAsynchronously);
            _held.Enqueue(held);
            await held.Task.WaitAsync(context.RequestAborted).ContinueWith(static _ => { }, TaskScheduler.Default);
            return;
        }

        context.Response.StatusCode = reply.Value.Status;
        if (reply.Value.Location is { } location)
        {
            context.Response.Headers.Location = location;
        }

        if (reply.Value.Body.Length > 0)
        {
            await context.Response.WriteAsync(reply.Value.Body);
        }
    }

    /// <summary>One request.</summary>
    public sealed record Received(string Id, string Timestamp, string Signature, string Body)
    {
        public JsonElement Json { get; } = JsonDocument.Parse(Body).RootElement;

        public string Type => Json.GetProperty("type").GetString()!;

        public string Text(string name) => Json.GetProperty(name).GetString()!;
    }

    /// <summary>One answer.</summary>
    public readonly record struct Reply(int Status, string Body = "", string? Location = null)
    {
        public static Reply Yes(string more = "") => new(200, $$"""{"allow":true{{more}}}""");

        public static Reply No(string more = "") => new(200, $$"""{"allow":false{{more}}}""");
    }
}
