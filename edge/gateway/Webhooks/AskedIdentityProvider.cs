using Switchboard.Protocol.Handshake;
using Switchboard.Webhooks.Questions;

namespace Switchboard.Gateway.Webhooks;

/// <summary>Lets clients in unknown: the application says with its answer to connect who they are.</summary>
internal sealed class AskedIdentityProvider(QuestionBook questions) : IIdentityProvider
{
    public ValueTask<IdentityResult> IdentifyAsync(RequestHead head, bool loopback)
    {
        Dictionary<string, string> headers = [];
        foreach (string name in questions.ForwardHeaders)
        {
            if (head.Header(name) is { } value)
            {
                headers[name.ToLowerInvariant()] = value;
            }
        }

        return new(new IdentityResult { IsDeferred = true, Facts = new HandshakeFacts(head.RawQuery, headers) });
    }
}
