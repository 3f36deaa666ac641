using Switchboard.Core.Feeds;
using Switchboard.Gateway.Fanout;
using Switchboard.Gateway.Sessions;
using Switchboard.Protocol.Envelope;
using Switchboard.Protocol.Envelope.Events;
using Switchboard.Webhooks.Questions;

namespace Switchboard.Gateway.Webhooks;

/// <summary>Asks the application whether a client may publish something, and what in its place.</summary>
internal sealed class PublishGate(QuestionBook questions)
{
    /// <summary>What is asked in a room; none for most. Looked up once for a membership.</summary>
    public Question[] For(FeedMember member) => member.Questions ??= questions.ForRoom(member.Feed.Id.Owner);

    /// <summary>Asks, and tells the client where the answer is no.</summary>
    /// <returns>What is to be published; null for nothing.</returns>
    public async ValueTask<Publication?> AskAsync(
        ClientSession session, Question[] asked, long id, string room, Publication publication)
    {
        // What was answered before does not wait for this.
        session.Connection.Outbound.ScheduleFlush();
        Answer answer = await questions.AskAsync(asked, room, publication);
        switch (answer.Kind)
        {
            case AnswerKind.Failed:
                session.WriteError(new ErrorEvent(
                    id,
                    ErrorCodes.Unavailable,
                    "the application can't say now whether you may publish; nothing was published",
                    Retry: true,
                    Room: room));
                return null;
            case AnswerKind.Refused:
                session.WriteError(new ErrorEvent(
                    id, answer.Code ?? ErrorCodes.Refused, answer.Message ?? "the application does not allow it", Room: room));
                return null;
            default:
                return answer.Data is { } data
                    ? publication with { Payload = data, PayloadKind = PayloadKind.Json }
                    : publication;
        }
    }
}
