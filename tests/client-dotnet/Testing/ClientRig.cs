using Switchboard.Client.Session;
using Switchboard.Core.Tests.Testing;

namespace Switchboard.Client.Tests.Testing;

/// <summary>A client between a test's server and a test's clock.</summary>
internal sealed class ClientRig : IAsyncDisposable
{
    private readonly List<StateChange> _changes = [];

    public ClientRig(Func<SwitchboardClientOptions, SwitchboardClientOptions>? configure = null, int transports = 1)
    {
        SwitchboardClientOptions options = new() { Url = new Uri("http://test"), User = "ann", TimeProvider = Time };
        Transports = [.. Enumerable.Range(0, transports).Select(_ => new FakeTransport())];
        Client = new SwitchboardClient(configure?.Invoke(options) ?? options, Transports, new Random(1));
        Client.StateChanged += change =>
        {
            lock (_changes)
            {
                _changes.Add(change);
            }
        };
    }

    public FakeTime Time { get; } = new();

    public FakeTransport[] Transports { get; }

    public FakeTransport Transport => Transports[0];

    public SwitchboardClient Client { get; }

    /// <summary>The changes of state that were told so far.</summary>
    public StateChange[] Changes
    {
        get
        {
            lock (_changes)
            {
                return [.. _changes];
            }
        }
    }

    /// <summary>Connects.</summary>
    public async Task<FakeLink> ConnectAsync(string limits = "")
    {
        Task connecting = Client.ConnectAsync();
        FakeLink link = await Transport.NextAsync().WithinAsync("a link");
        await link.WelcomeAsync(limits: limits);
        await connecting.WithinAsync("the welcome");
        return link;
    }

    /// <summary>Connects, and joins the room r.</summary>
    public async Task<FakeLink> JoinAsync(JoinOptions? options = null)
    {
        FakeLink link = await ConnectAsync();
        Task<Joined> joining = Client.Room("r").JoinAsync(options);
        await link.JoinedAsync("r");
        await joining.WithinAsync("the join");
        return link;
    }

    /// <summary>The next link, once time has passed.</summary>
    public async Task<FakeLink> NextLinkAsync(int transport = 0)
    {
        Task<FakeLink> next = Transports[transport].NextAsync().AsTask();
        await PassUntilAsync(next, "another link");
        return await next;
    }

    /// <summary>Breaks a link, and takes the next one.</summary>
    public Task<FakeLink> BreakAsync(FakeLink link, int code = LinkEnd.Abnormal)
    {
        link.End(code);
        return NextLinkAsync();
    }

    /// <summary>Lets time pass, a quarter of a second at a time, until something is done.</summary>
    public async Task PassUntilAsync(Task task, string what)
    {
        DateTime limit = DateTime.UtcNow + TimeSpan.FromSeconds(30);
        while (!task.IsCompleted)
        {
            Assert.True(DateTime.UtcNow < limit, $"waited in vain for {what}");
            Time.Advance(TimeSpan.FromMilliseconds(250));
            await Task.WhenAny(task, Task.Delay(2));
        }
    }

    /// <summary>Waits until the client has told of a state.</summary>
    public async Task<StateChange> StateAsync(ConnectionState state)
    {
        StateChange? found = null;
        await Waiting.UntilAsync(
            () => (found = Changes.LastOrDefault(change => change.State == state)) is not null,
            $"the state {state}");
        return found!;
    }

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        await Waiting.UntilAsync(() => Time.TimerCount == 0, "the end of all timers");
    }
}
