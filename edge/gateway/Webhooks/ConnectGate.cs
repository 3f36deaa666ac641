using Switchboard.Core.Identifiers;
using Switchboard.Gateway.Sessions;
using Switchboard.Protocol.Envelope;
using Switchboard.Protocol.Envelope.Events;
using Switchboard.Webhooks.Questions;

namespace Switchboard.Gateway.Webhooks;

/// <summary>Asks the application whether a client may connect, and who it is where nothing else says so.</summary>
internal sealed class ConnectGate(QuestionBook questions)
{
    /// <summary>Whether the application says who a client is.</summary>
    public bool NamesUsers => questions.NamesUsers;

    /// <summary>Asks, and tells the client where the answer is no.</summary>
    /// <returns>The rooms that it is to join at once; null where it is not let in.</returns>
    public async ValueTask<IReadOnlyList<string>?> AskAsync(ClientSession session, long id, string? token, bool resumes)
    {
        Answer answer = await questions.AskAsync(new ConnectFacts(
            session.IsUnknown ? null : session.User,
            resumes,
            session.Facts?.Query,
            NamesUsers ? token : null,
            session.Facts?.Headers));
        if (session.Connection.IsClosing)
        {
            return null;
        }

        switch (answer.Kind)
        {
            case AnswerKind.Failed:
                session.WriteError(new ErrorEvent(
                    id, ErrorCodes.Unavailable, "the application can't say now whether you may connect", Retry: true));
                return null;
            case AnswerKind.Refused:
                session.WriteError(new ErrorEvent(
                    id, answer.Code ?? ErrorCodes.Refused, answer.Message ?? "the application does not let you connect"));
                session.Connection.Close(CloseReason.ConnectRefused);
                return null;
        }

        if (session.IsUnknown && answer.User is { } name && !session.Name(new UserName(name)))
        {
            return null;
        }

        // Whoever has proven to be somebody stays that.
        if (session.IsUnknown || (answer.User is { } user && user != session.User.Value))
        {
            session.WriteError(new ErrorEvent(
                id, ErrorCodes.Unauthorized, "the application does not say who you are, or says otherwise than your token"));
            session.Connection.Close(CloseReason.Unauthorized);
            return null;
        }

        return answer.Rooms ?? [];
    }
}
