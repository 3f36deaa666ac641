using System.Threading.Channels;
using Switchboard.Client.Session;
using Switchboard.Client.Transports;

namespace Switchboard.Client.Tests.Testing;

/// <summary>A way to a server that a test plays.</summary>
internal sealed class FakeTransport : ITransport
{
    private readonly Channel<FakeLink> _opened = Channel.CreateUnbounded<FakeLink>();

    /// <summary>How the next attempts end; where there is nothing, a link opens.</summary>
    public Queue<LinkEnd> Refusals { get; } = new();

    /// <summary>How often it was tried.</summary>
    public int Attempts { get; private set; }

    /// <summary>The token of the last attempt.</summary>
    public string? Token { get; private set; }

    /// <summary>What a link does with each command, if not wait for the test.</summary>
    public Action<FakeLink, string>? Answer { get; set; }

    public ValueTask<ILink> OpenAsync(LinkRequest request, CancellationToken cancellationToken)
    {
        Attempts++;
        Token = request.Token();
        if (Refusals.TryDequeue(out LinkEnd? end))
        {
            throw new LinkException(end);
        }

        FakeLink link = new(Answer);
        _opened.Writer.TryWrite(link);
        return ValueTask.FromResult<ILink>(link);
    }

    /// <summary>The next link that the client opens.</summary>
    public ValueTask<FakeLink> NextAsync() => _opened.Reader.ReadAsync();
}
