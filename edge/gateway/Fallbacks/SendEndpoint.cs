using Microsoft.AspNetCore.Http;
using Switchboard.Core.Backplane;
using Switchboard.Protocol.Envelope;
using Switchboard.Protocol.Envelope.Fallbacks;

namespace Switchboard.Gateway.Fallbacks;

/// <summary>
/// What a client sends while its events come by another request: it may come in on any edge, and is handed to the one
/// that holds the connection. The answers come with the events.
/// </summary>
internal sealed class SendEndpoint(FallbackService service)
{
    public async Task ServeAsync(HttpContext context, IdentityResult client)
    {
        (FallbackRequest? request, ReadOnlyMemory<byte> body, Problem? problem) =
            await RequestBody.ReadAsync(context, service.Options, service.Limits);
        if (problem is null && (request!.Resume is null || request.Sequence == 0))
        {
            problem = Problem.BadRequest("The fields resume and seq are required here.");
        }

        if (problem is null && client.IsDeferred && client.Shares?.MayResume(service.Now, out _) == false)
        {
            problem = Problem.Later(
                StatusCodes.Status429TooManyRequests, "too_many_requests", "Too many resume tokens of this address were wrong.");
        }

        if (problem is not null)
        {
            await problem.WriteAsync(context);
            return;
        }

        OwnerResult owner = await FindOwnerAsync(client, request!.Resume!);
        ForwardResult result = owner.Status == BackplaneStatus.Ok
            ? await service.Backplane.ForwardAsync(owner.User, request.Resume!, body)
            : new ForwardResult(owner.Status, default);
        problem = Judge(result);
        if (problem is not null)
        {
            await problem.WriteAsync(context);
            return;
        }

        context.Response.StatusCode = StatusCodes.Status202Accepted;
        context.Response.Headers.CacheControl = "no-store";
        await context.Response.WriteAsJsonAsync(
            new { seq = request.Sequence, repeated = result.Received.Status == ReceiveStatus.Repeated },
            context.RequestAborted);
    }

    // Whom the application has named when the connection was opened, the resume token proves to be the same.
    private async ValueTask<OwnerResult> FindOwnerAsync(IdentityResult client, string token)
    {
        if (!client.IsDeferred)
        {
            return new OwnerResult(BackplaneStatus.Ok, client.User);
        }

        OwnerResult owner = await service.Backplane.FindOwnerAsync(token);
        if (owner.Status is BackplaneStatus.NoSuchConnection or BackplaneStatus.WrongToken)
        {
            client.Shares?.FailToResume(service.Now);
        }

        return owner;
    }

    private static Problem? Judge(in ForwardResult result) => result.Status switch
    {
        BackplaneStatus.Ok => Judge(result.Received),
        BackplaneStatus.NoSuchConnection => new Problem(
            StatusCodes.Status404NotFound, ErrorCodes.ResumeExpired, "The connection is gone, or its grace period is over."),
        BackplaneStatus.WrongToken => new Problem(
            StatusCodes.Status403Forbidden, ErrorCodes.ResumeWrong, "That is not the connection's resume token."),
        BackplaneStatus.ForeignToken => new Problem(
            StatusCodes.Status403Forbidden, ErrorCodes.ResumeForeign, "The resume token is of a connection of another user."),
        _ => Problem.Later(
            StatusCodes.Status503ServiceUnavailable,
            ErrorCodes.Unavailable,
            "The outcome is unknown; send the same again, with the same seq."),
    };

    private static Problem? Judge(in ReceiveResult received) => received.Status switch
    {
        ReceiveStatus.Taken or ReceiveStatus.Repeated => null,
        ReceiveStatus.OutOfOrder => new Problem(
            StatusCodes.Status409Conflict,
            "out_of_order",
            $"The next seq must be {received.Expected}: one before this has not come. Nothing was taken.")
        {
            Expected = received.Expected,
        },
        ReceiveStatus.Busy => Problem.Later(
            StatusCodes.Status429TooManyRequests, "too_many_requests", "Too many commands wait already. Nothing was taken."),
        _ => Problem.Later(
            StatusCodes.Status409Conflict,
            "no_session",
            "No event stream and no poll of this connection is open. Nothing was taken."),
    };
}
