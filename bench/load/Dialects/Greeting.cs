using System.Text;

namespace Switchboard.Load.Dialects;

/// <summary>How a link becomes ready: where it connects, and what it exchanges first. A <paramref name="Separator"/>
/// ends each record of a message; without one a message is one record.</summary>
internal sealed record Greeting(Uri Url, string? Subprotocol = null, byte? Separator = null, params Step[] Steps)
{
    /// <summary>The same, with one more exchange.</summary>
    public Greeting Then(string send, string expect) =>
        this with { Steps = [.. Steps, new Step(Encoding.UTF8.GetBytes(send), Encoding.UTF8.GetBytes(expect))] };
}
