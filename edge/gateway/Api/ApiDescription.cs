using Microsoft.AspNetCore.Http;

namespace Switchboard.Gateway.Api;

/// <summary>The API's description in OpenAPI 3.1, kept by hand beside this file; a test compares it with the routes.</summary>
internal static class ApiDescription
{
    public const string Path = "/openapi.json";

    private const string Resource = "Switchboard.Gateway.Api.openapi.json";

    private static readonly Lazy<byte[]> Text = new(Read);

    public static ReadOnlyMemory<byte> Utf8 => Text.Value;

    public static async Task WriteAsync(HttpContext context)
    {
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = Utf8.Length;
        await context.Response.Body.WriteAsync(Utf8, context.RequestAborted);
    }

    private static byte[] Read()
    {
        using Stream stream = typeof(ApiDescription).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"{Resource} is not in the assembly");
        byte[] text = new byte[stream.Length];
        stream.ReadExactly(text);
        return text;
    }
}
