using Switchboard.Core.Feeds;

namespace Switchboard.Webhooks.Questions;

/// <summary>Everything that the application is asked.</summary>
internal sealed class QuestionBook(WebhookOptions options, Question[] connect, Question[] publish, TimeProvider time)
{
    private static readonly Question[] None = [];

    /// <summary>Whether the application says who a client is.</summary>
    public bool NamesUsers => options.NamesUsers;

    /// <summary>The headers of a handshake that are told, where the application names users.</summary>
    public IEnumerable<string> ForwardHeaders => options.ForwardHeaders;

    /// <summary>Whether anything is asked when a client connects.</summary>
    public bool AsksConnect => connect.Length > 0;

    /// <summary>Whether anything is asked when a client publishes, in whatever room.</summary>
    public bool AsksPublish => publish.Length > 0;

    /// <summary>What is asked of a publish to a room; to be kept, and asked again by reference.</summary>
    public Question[] ForRoom(string room)
    {
        Question[] asked = Array.FindAll(publish, question => question.Endpoint.Wants(WebhookEvent.Publish, room));
        return asked.Length == 0 ? None : asked;
    }

    /// <summary>Asks of a client that connects: all endpoints in order. The rooms of all count, and the last name.</summary>
    public async ValueTask<Answer> AskAsync(ConnectFacts facts)
    {
        string? user = null;
        List<string> rooms = [];
        foreach (Question question in connect)
        {
            Answer answer = await question.AskAsync(QuestionWriter.Write(facts, time.GetUtcNow()));
            if (answer.Kind != AnswerKind.Allowed)
            {
                return answer;
            }

            user = answer.User ?? user;
            rooms.AddRange(answer.Rooms ?? []);
        }

        return Answer.Allowed with { User = user, Rooms = [.. rooms.Distinct()] };
    }

    /// <summary>Asks of a publish: all endpoints in order, each of what the one before made of it.</summary>
    public async ValueTask<Answer> AskAsync(Question[] asked, string room, Publication publication)
    {
        Answer last = Answer.Allowed;
        foreach (Question question in asked)
        {
            Answer answer = await question.AskAsync(QuestionWriter.Write(room, publication, time.GetUtcNow()));
            if (answer.Kind != AnswerKind.Allowed)
            {
                return answer;
            }

            if (answer.Data is { } data)
            {
                last = answer;
                publication = publication with { Payload = data, PayloadKind = PayloadKind.Json };
            }
        }

        return last;
    }
}
