using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Switchboard.Gateway.Api;

/// <summary>What a request is answered with: a status, and a body in JSON where there is one.</summary>
internal sealed record ApiAnswer(int Status, string? ContentType, byte[] Body)
{
    /// <summary>Done, with nothing to say.</summary>
    public static readonly ApiAnswer Done = new(204, null, []);

    /// <summary>Why not, where it failed.</summary>
    public ApiProblem? Problem { get; private init; }

    public static ApiAnswer Of<T>(T body, JsonTypeInfo<T> type) =>
        new(200, "application/json", JsonSerializer.SerializeToUtf8Bytes(body, type));

    public static implicit operator ApiAnswer(ApiProblem problem) => new(
        problem.Status,
        "application/problem+json",
        JsonSerializer.SerializeToUtf8Bytes(problem.ToBody(), ApiJson.Default.ProblemBody))
    {
        Problem = problem,
    };
}
