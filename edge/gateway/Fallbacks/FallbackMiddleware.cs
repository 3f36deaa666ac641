using Microsoft.AspNetCore.Http;
using Switchboard.Protocol.Handshake;

namespace Switchboard.Gateway.Fallbacks;

/// <summary>The way in for clients that can't open a WebSocket: takes the requests below one path.</summary>
internal sealed class FallbackMiddleware
{
    private readonly RequestDelegate _next;
    private readonly FallbackService _service;
    private readonly PathString _path;
    private readonly PollEndpoint _poll;
    private readonly StreamEndpoint _stream;
    private readonly SendEndpoint _send;

    public FallbackMiddleware(RequestDelegate next, FallbackService service)
    {
        _next = next;
        _service = service;
        _path = service.Options.Path;
        _poll = new PollEndpoint(service);
        _stream = new StreamEndpoint(service);
        _send = new SendEndpoint(service);
    }

    public Task InvokeAsync(HttpContext context)
    {
        if (!_path.HasValue || !context.Request.Path.StartsWithSegments(_path, StringComparison.Ordinal, out PathString rest))
        {
            return _next(context);
        }

        return rest.Value switch
        {
            "/poll" => ServeAsync(context, "POST", _poll.ServeAsync, isStream: false),
            "/sse" => ServeAsync(context, "GET, POST", _stream.ServeAsync, isStream: true),
            "/send" => ServeAsync(context, "POST", _send.ServeAsync, isStream: false),
            _ => _next(context),
        };
    }

    private async Task ServeAsync(
        HttpContext context, string methods, Func<HttpContext, IdentityResult, Task> serve, bool isStream)
    {
        if (_service.Gate.JudgeOrigin(context, out RequestHead? head) is { } refused)
        {
            await refused.WriteAsync(context);
        }
        else if (HttpMethods.IsOptions(context.Request.Method))
        {
            FallbackGate.AnswerPreflight(context, methods);
        }
        else if (!methods.Split(", ").Contains(context.Request.Method))
        {
            await Problem.MethodNotAllowed(methods).WriteAsync(context);
        }
        else if (isStream)
        {
            // It counts as a connection, once its client is known.
            await ServeAsync(context, head!, serve);
        }
        else if (_service.Gate.Begin() is { } full)
        {
            await full.WriteAsync(context);
        }
        else
        {
            try
            {
                await ServeAsync(context, head!, serve);
            }
            finally
            {
                _service.Gate.End();
            }
        }
    }

    private async Task ServeAsync(HttpContext context, RequestHead head, Func<HttpContext, IdentityResult, Task> serve)
    {
        try
        {
            (IdentityResult client, Problem? problem) = await _service.Gate.IdentifyAsync(context, head);
            try
            {
                await (problem is null ? serve(context, client) : problem.WriteAsync(context));
            }
            finally
            {
                client.Shares?.Leave();
            }
        }
        catch (BadHttpRequestException e)
        {
            // The body came too slowly, or not as its headers say.
            await Problem.From(e).WriteAsync(context);
        }
        catch (Exception e) when (context.RequestAborted.IsCancellationRequested && e is IOException or OperationCanceledException)
        {
            // The client is gone: an expected end.
        }
    }
}
