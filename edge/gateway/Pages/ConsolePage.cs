using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Switchboard.Gateway.Api;

namespace Switchboard.Gateway.Pages;

/// <summary>
/// Serves the console: files that are the same for everybody. What it shows, it asks the API for, with the key that
/// whoever looks has entered. Where nobody could have one, it says how to configure it.
/// </summary>
internal sealed class ConsolePage(ApiServer api, ApiAuthenticator authenticator, IOptions<GatewayOptions> options)
{
    private const string Index = "index.html";
    private const string Off = "off.html";

    // Nothing but our own files runs or is asked, no text can become a script, and no other page can frame this one.
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; "
        + "form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

    public async Task ServeAsync(HttpContext context)
    {
        string? name = context.Request.RouteValues["file"] as string;
        if (!options.Value.Api.Console || !api.IsServed(context))
        {
            name = null;
        }
        else if (string.IsNullOrEmpty(name))
        {
            name = authenticator.IsOpenToAdmins(context) ? Index : Off;
        }

        await WriteAsync(context, name);
    }

    private static async Task WriteAsync(HttpContext context, string? name)
    {
        HttpResponse response = context.Response;
        if (name is null || ConsoleFiles.Find(name) is not { } file)
        {
            response.StatusCode = StatusCodes.Status404NotFound;
            response.ContentType = "text/plain; charset=utf-8";
            await response.WriteAsync("There is nothing at this path.", context.RequestAborted);
            return;
        }

        response.StatusCode = name == Off ? StatusCodes.Status403Forbidden : StatusCodes.Status200OK;
        response.ContentType = file.ContentType;
        response.ContentLength = file.Bytes.Length;
        IHeaderDictionary headers = response.Headers;
        headers.CacheControl = "no-cache";
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        if (HttpMethods.IsGet(context.Request.Method))
        {
            await response.Body.WriteAsync(file.Bytes, context.RequestAborted);
        }
    }
}
