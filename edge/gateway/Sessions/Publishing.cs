using System.Diagnostics;
using System.Text;
using Switchboard.Core.Backplane;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;
using Switchboard.Gateway.Fanout;
using Switchboard.Gateway.Identity.Grants;
using Switchboard.Gateway.Limits;
using Switchboard.Gateway.Tracing;
using Switchboard.Gateway.Webhooks;
using Switchboard.Protocol.Envelope;
using Switchboard.Protocol.Envelope.Commands;
using Switchboard.Protocol.Envelope.Events;
using Switchboard.Webhooks.Questions;

namespace Switchboard.Gateway.Sessions;

/// <summary>
/// Carries out publish and send. A backplane that answers at once is answered for at once; else the reading goes on
/// meanwhile, so that a pipelining client fills the backplane's batches.
/// </summary>
internal sealed class Publishing(
    IBackplane backplane, ClientLimits limits, PublishTracing tracing, PublishGate? gate = null)
{
    private const int MaxInFlight = 1024;

    public ValueTask PublishAsync(ClientSession session, in Command command)
    {
        if (session.Rooms is null || !session.Rooms.TryGet(command.Room, out FeedMember? member))
        {
            string room = Encoding.UTF8.GetString(command.Room);
            session.WriteError(SessionErrors.For(BackplaneStatus.NotJoined, command.Id, room));
            return default;
        }

        if ((member.Allowed & Capability.Publish) == 0)
        {
            session.WriteError(Restriction.Forbidden(command.Id, Capability.Publish, member.Feed.Id.Owner));
            return default;
        }

        if (!limits.Room.IsUnlimited
            && !member.Feed.Traffic.TryTake(limits.Room, command.Data.Length, limits.Now, out Excess excess))
        {
            session.RefuseTooFast(command.Id, excess, member.Feed.Id.Owner);
            return default;
        }

        Request request = new(command.Id, member.Feed.Id.Owner, command.Class);
        if (gate is not null && gate.For(member) is { Length: > 0 } questions)
        {
            return AskAsync(gate, questions, session, request, Publication(session, command));
        }

        return PublishAsync(session, request, Publication(session, command));
    }

    public ValueTask SendAsync(ClientSession session, in Command command)
    {
        if (session.Access is { } access && !(command.User.IsEmpty
            ? access.MaySendToConnections
            : access.MaySendTo(Encoding.UTF8.GetString(command.User))))
        {
            session.WriteError(Restriction.Forbidden(command.Id, Capability.Send));
            return default;
        }

        ValueTask<PublishResult> call = command.User.IsEmpty
            ? backplane.SendAsync(
                new ConnectionId(Encoding.UTF8.GetString(command.Connection)), Publication(session, command))
            : backplane.SendAsync(
                new UserName(Encoding.UTF8.GetString(command.User)), Publication(session, command));
        return FinishAsync(session, new Request(command.Id, null, command.Class), call);
    }

    private static Publication Publication(ClientSession session, in Command command) => new(
        command.Data.ToArray(),
        command.DataKind == DataKind.Json ? PayloadKind.Json : PayloadKind.Binary,
        command.Class switch
        {
            MessageClass.Reliable => DeliveryClass.Reliable,
            MessageClass.Latest => DeliveryClass.Latest,
            _ => DeliveryClass.Volatile,
        },
        command.Slot.IsEmpty ? null : Encoding.UTF8.GetString(command.Slot),
        command.Key.IsEmpty ? null : Encoding.UTF8.GetString(command.Key),
        session.Sender,
        ExceptSender: command.Type == CommandType.Publish && !command.Echo);

    // Nothing more of the client is read meanwhile: its publishes stay in order, and it has one question at a time.
    private async ValueTask AskAsync(
        PublishGate gate, Question[] questions, ClientSession session, Request request, Publication publication)
    {
        if (await gate.AskAsync(session, questions, request.Id, request.Room!, publication) is { } allowed)
        {
            await PublishAsync(session, request, allowed);
        }

        // The next one may wait as long again.
        session.Connection.Outbound.ScheduleFlush();
    }

    private ValueTask PublishAsync(ClientSession session, in Request request, in Publication publication)
    {
        RoomName room = new(request.Room!);
        if (tracing.Begin(room, session.Id, out Activity? outer) is not { } span)
        {
            return FinishAsync(session, request, backplane.PublishAsync(room, publication));
        }

        ValueTask<PublishResult> call;
        try
        {
            call = backplane.PublishAsync(room, publication);
        }
        finally
        {
            PublishTracing.Leave(outer);
        }

        return FinishAsync(session, request with { Span = span }, call);
    }

    private static ValueTask FinishAsync(ClientSession session, in Request request, ValueTask<PublishResult> call)
    {
        if (call.IsCompletedSuccessfully)
        {
            Answer(session, request, call.Result);
            return default;
        }

        Task finished = AnswerLaterAsync(session, request, call);
        return Interlocked.Increment(ref session.InFlight) < MaxInFlight ? default : new ValueTask(finished);
    }

    private static async Task AnswerLaterAsync(ClientSession session, Request request, ValueTask<PublishResult> call)
    {
        try
        {
            Answer(session, request, await call);
            session.Connection.Outbound.ScheduleFlush();
        }
        catch (Exception e)
        {
            if (request.Span is { } span)
            {
                PublishTracing.Fail(span, e);
            }

            session.Connection.Fail(e);
        }
        finally
        {
            if (Interlocked.Decrement(ref session.InFlight) == 0)
            {
                session.OnSettled();
            }
        }
    }

    private static void Answer(ClientSession session, in Request request, in PublishResult result)
    {
        if (request.Span is { } span)
        {
            PublishTracing.End(span, result);
        }

        if (result.Status != BackplaneStatus.Ok)
        {
            session.WriteError(SessionErrors.For(result.Status, request.Id, request.Room));
            return;
        }

        if (request.Id == 0)
        {
            return;
        }

        FeedPosition? position = request.Class == MessageClass.Volatile ? null : result.Position.ToWire();
        if (request.Room is null)
        {
            session.Writer.Write(
                new SentEvent(request.Id, position, result.Duplicate),
                static (codec, output, sent) => codec.Encode(output, sent));
        }
        else
        {
            session.Writer.Write(
                new PublishedEvent(request.Id, request.Room, position, result.Duplicate),
                static (codec, output, published) => codec.Encode(output, published));
        }
    }

    private readonly record struct Request(long Id, string? Room, MessageClass Class, Activity? Span = null);
}
