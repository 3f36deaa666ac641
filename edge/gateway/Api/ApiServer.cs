using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Switchboard.Core.Backplane;
using Switchboard.Gateway.Api.Routes;
using Switchboard.Gateway.Identity.Tokens;
using Switchboard.Gateway.Limits;
using Switchboard.Gateway.Metrics;

namespace Switchboard.Gateway.Api;

/// <summary>Serves the routes: who may, what was sent, what is answered.</summary>
internal sealed class ApiServer
{
    private const string KeyHeader = "Idempotency-Key";

    private readonly ApiAuthenticator _authenticator;
    private readonly GatewayMetrics _metrics;
    private readonly ApiOptions _options;
    private readonly KeyRates _rates;

    public ApiServer(
        IBackplane backplane,
        IBackplaneAdmin admin,
        ApiAuthenticator authenticator,
        TokenIssuer issuer,
        TimeProvider time,
        IOptions<GatewayOptions> options,
        GatewayMetrics metrics)
    {
        _authenticator = authenticator;
        _metrics = metrics;
        _options = options.Value.Api;
        _rates = new KeyRates(_options, time);
        Routes =
        [
            .. new PublishRoutes(backplane, _options).All,
            .. new RoomRoutes(admin).All,
            .. new UserRoutes(admin).All,
            .. new ConnectionRoutes(admin).All,
            .. new TokenRoutes(issuer, time).All,
            .. new NodeRoutes(admin, time).All,
        ];
    }

    public IReadOnlyList<ApiRoute> Routes { get; }

    /// <summary>Serves a request for a route.</summary>
    public async Task ServeAsync(HttpContext context, ApiRoute route) =>
        await AnswerAsync(context, await HandleAsync(context, route), route.Path);

    /// <summary>Answers a request that no route takes.</summary>
    public Task RefuseAsync(HttpContext context, string path)
    {
        string[] methods = [.. Routes.Where(route => IsServed(context) && route.Path == path).Select(route => route.Method)];
        if (methods.Length == 0)
        {
            return AnswerAsync(context, ApiProblem.NotFound(), "none");
        }

        context.Response.Headers.Allow = string.Join(", ", methods);
        return AnswerAsync(context, ApiProblem.MethodNotAllowed(), path);
    }

    /// <summary>Whether the API is to be had where the request came in.</summary>
    public bool IsServed(HttpContext context) => _options.Port is not { } port || context.Connection.LocalPort == port;

    private static string? KeyOf(HttpContext context)
    {
        string? key = context.Request.Headers[KeyHeader];
        return key is ['"', .. var inner, '"'] ? inner : key;
    }

    private static async Task WriteAsync(HttpContext context, ApiAnswer answer)
    {
        HttpResponse response = context.Response;
        response.StatusCode = answer.Status;
        response.Headers.CacheControl = "no-store";
        if (answer.ContentType is null)
        {
            return;
        }

        response.ContentType = answer.ContentType;
        response.ContentLength = answer.Body.Length;
        await response.Body.WriteAsync(answer.Body, context.RequestAborted);
    }

    private async Task AnswerAsync(HttpContext context, ApiAnswer answer, string route)
    {
        _metrics.ApiAnswered(route, answer.Status);
        if (answer.Status == StatusCodes.Status401Unauthorized)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
        }
        else if (answer.Problem is { Retry: true } problem)
        {
            context.Response.Headers.RetryAfter = problem.RetryAfter.ToString(CultureInfo.InvariantCulture);
        }

        try
        {
            await WriteAsync(context, answer);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // Whoever asked is gone.
        }
    }

    private async ValueTask<ApiAnswer> HandleAsync(HttpContext context, ApiRoute route)
    {
        if (!IsServed(context))
        {
            return ApiProblem.NotFound();
        }

        if (_authenticator.Authenticate(context, out string? problem) is not { } caller)
        {
            return ApiProblem.Unauthorized(problem!);
        }

        if (!_rates.TryTake(caller.Name, out TimeSpan wait))
        {
            _metrics.Limited(LimitScope.ApiKey, LimitKind.Requests);
            return ApiProblem.TooFast(wait);
        }

        if (!caller.Has(route.Role))
        {
            return ApiProblem.Forbidden(route.Role);
        }

        if (route.Method == "GET")
        {
            return await route.Handle(new ApiRequest(context.Request.Query, default, null));
        }

        // Not a form of a web page, which needs no permission to be sent anywhere.
        if (!context.Request.HasJsonContentType())
        {
            return ApiProblem.NotJson();
        }

        try
        {
            return await ReadAsync(context.Request) is { } body
                ? await route.Handle(new ApiRequest(context.Request.Query, body, KeyOf(context)))
                : ApiProblem.BodyTooLarge(_options.MaxBodyBytes);
        }
        catch (BadHttpRequestException e)
        {
            return new ApiProblem(e.StatusCode, "bad_request", "the body did not arrive as it was announced");
        }
    }

    // Null where there is too much of it.
    private async ValueTask<byte[]?> ReadAsync(HttpRequest request)
    {
        if (request.ContentLength > _options.MaxBodyBytes)
        {
            return null;
        }

        while (true)
        {
            ReadResult result = await request.BodyReader.ReadAsync(request.HttpContext.RequestAborted);
            if (result.Buffer.Length > _options.MaxBodyBytes)
            {
                request.BodyReader.AdvanceTo(result.Buffer.End);
                return null;
            }

            if (result.IsCompleted)
            {
                byte[] body = result.Buffer.ToArray();
                request.BodyReader.AdvanceTo(result.Buffer.End);
                return body;
            }

            request.BodyReader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        }
    }
}
