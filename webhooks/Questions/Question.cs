using Microsoft.Extensions.Logging;
using Switchboard.Core.Identifiers;
using Switchboard.Webhooks.Metrics;
using Switchboard.Webhooks.Notices;
using Switchboard.Webhooks.Sending;

namespace Switchboard.Webhooks.Questions;

/// <summary>What one endpoint is asked of one event. No more are under way at one time than it may have.</summary>
internal sealed partial class Question(
    Endpoint endpoint,
    WebhookEvent what,
    WebhookClient client,
    IRandomSource random,
    TimeProvider time,
    WebhookMetrics metrics,
    ILogger logger)
{
    private readonly MinuteGate _failures = new(time);
    private int _inFlight;

    public Endpoint Endpoint => endpoint;

    /// <summary>Asks; a question that gets no valid answer in time is answered by the endpoint's policy.</summary>
    public async ValueTask<Answer> AskAsync(byte[] body)
    {
        long begun = time.GetTimestamp();
        (Answer answer, string outcome) = await TryAskAsync(body);
        metrics.Asked(what, outcome, time.GetElapsedTime(begun));
        return answer.Kind == AnswerKind.Failed && endpoint.Options.OnFailure == FailurePolicy.Open ? Answer.Allowed : answer;
    }

    private async ValueTask<(Answer Answer, string Outcome)> TryAskAsync(byte[] body)
    {
        if (Interlocked.Increment(ref _inFlight) > endpoint.Options.MaxInFlight)
        {
            Interlocked.Decrement(ref _inFlight);
            return (Fail("as many questions as may be are under way"), "full");
        }

        try
        {
            PostResult result = await client.PostAsync(MessageId.Create(random), body, reads: true, CancellationToken.None);
            return result.Status != 200 ? (Fail(result.Reason), "failed")
                : !AnswerReader.TryRead(result.Body, out Answer answer) ? (Fail("the answer is not valid"), "failed")
                : (answer, answer.Kind == AnswerKind.Allowed ? "allowed" : "refused");
        }
        finally
        {
            Interlocked.Decrement(ref _inFlight);
        }
    }

    private Answer Fail(string reason)
    {
        if (_failures.TryPass(out long count))
        {
            LogFailed(logger, endpoint.Name, what.Name(), reason, count);
        }

        return Answer.Failed;
    }
}
