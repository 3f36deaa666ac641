using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Switchboard.Protocol.Envelope.Fallbacks;

namespace Switchboard.Gateway.Fallbacks;

/// <summary>Reads the body of a request, up to its bounds.</summary>
internal static class RequestBody
{
    /// <summary>Reads a request, or says what is wrong with it.</summary>
    public static async ValueTask<(FallbackRequest? Request, ReadOnlyMemory<byte> Body, Problem? Problem)> ReadAsync(
        HttpContext context, FallbackOptions options, LimitOptions limits)
    {
        if (context.Request.ContentLength > options.MaxRequestBytes
            || await ReadAllAsync(context.Request.BodyReader, options.MaxRequestBytes, context.RequestAborted) is not { } body)
        {
            return (null, default, Problem.TooLarge(options.MaxRequestBytes));
        }

        return Decode(body, options, limits);
    }

    /// <summary>Reads a request that has come as a whole.</summary>
    public static (FallbackRequest? Request, ReadOnlyMemory<byte> Body, Problem? Problem) Decode(
        byte[] body, FallbackOptions options, LimitOptions limits)
    {
        if (!FallbackRequest.TryDecode(body, options.MaxCommands, out FallbackRequest? request, out string? problem))
        {
            return (null, default, Problem.BadRequest(problem!));
        }

        if (TimeSpan.FromSeconds(request!.Wait) > options.MaxWait)
        {
            return (null, default, Problem.BadRequest(
                $"The field wait must be at most {(int)options.MaxWait.TotalSeconds} seconds here."));
        }

        return request.Commands.Any(command => command.Message.Length > limits.MaxMessageBytes)
            ? (null, default, new Problem(
                StatusCodes.Status413PayloadTooLarge, "too_large", $"A command is larger than {limits.MaxMessageBytes} bytes."))
            : (request, body, null);
    }

    // Null for more than that.
    private static async ValueTask<byte[]?> ReadAllAsync(PipeReader reader, int most, CancellationToken aborted)
    {
        while (true)
        {
            ReadResult result = await reader.ReadAsync(aborted);
            if (result.Buffer.Length > most)
            {
                reader.AdvanceTo(result.Buffer.End);
                return null;
            }

            if (result.IsCompleted)
            {
                byte[] all = result.Buffer.ToArray();
                reader.AdvanceTo(result.Buffer.End);
                return all;
            }

            reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        }
    }
}
