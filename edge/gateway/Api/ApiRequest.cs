using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Switchboard.Gateway.Api;

/// <summary>What a route needs of a request: the query, the body, the idempotency key of the header.</summary>
internal sealed class ApiRequest(IQueryCollection query, ReadOnlyMemory<byte> body, string? idempotencyKey)
{
    private static readonly JsonReaderOptions Strict = new() { MaxDepth = 57 };

    /// <summary>The checks of this request.</summary>
    public Fields Fields { get; } = new();

    public string? IdempotencyKey => idempotencyKey;

    /// <summary>A parameter of the query; null where it is not there. Twice is a problem.</summary>
    public string? Parameter(string name)
    {
        if (!query.TryGetValue(name, out StringValues values))
        {
            return null;
        }

        if (values.Count > 1)
        {
            Fields.Refuse(ApiProblem.BadField($"{name} is given more than once"));
        }

        return values[0];
    }

    /// <summary>Reads the body: one JSON object, in which fields that are not known are ignored.</summary>
    public bool TryRead<T>(JsonTypeInfo<T> type, [NotNullWhen(true)] out T? value, [NotNullWhen(false)] out ApiProblem? problem)
        where T : class
    {
        value = null;
        problem = Check(body.Span);
        if (problem is not null)
        {
            return false;
        }

        try
        {
            value = JsonSerializer.Deserialize(body.Span, type);
            problem = value is null ? ApiProblem.BadJson("the body must be a JSON object") : null;
        }
        catch (JsonException e)
        {
            // The message may quote what was sent, at any length; the path names the field.
            problem = ApiProblem.BadField(e.Path is { Length: > 2 and < 64 } path && path.StartsWith("$.", StringComparison.Ordinal)
                ? $"{path[2..]} is of the wrong type, nested too deep, or given twice"
                : "a field is of the wrong type, nested too deep, or given twice");
        }

        return value is not null;
    }

    // Payloads are passed on byte for byte, so all of it has to be Unicode, and JSON, before anything is looked at.
    private static ApiProblem? Check(ReadOnlySpan<byte> body)
    {
        if (!Utf8.IsValid(body))
        {
            return ApiProblem.BadJson("the body is not UTF-8");
        }

        try
        {
            Utf8JsonReader reader = new(body, Strict);
            bool isObject = reader.Read() && reader.TokenType == JsonTokenType.StartObject;
            while (isObject && reader.Read())
            {
            }

            return isObject ? null : ApiProblem.BadJson("the body must be a JSON object");
        }
        catch (JsonException e)
        {
            return ApiProblem.BadJson($"the body is not one JSON object, or nested too deep: fault at byte {e.BytePositionInLine} of line {e.LineNumber}");
        }
    }
}
