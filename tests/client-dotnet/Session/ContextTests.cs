using Switchboard.Client.InMemory;
using Switchboard.Client.Tests.Testing;

namespace Switchboard.Client.Tests.Session;

/// <summary>Programs whose thread has a turn for each thing to do, and gives none while it waits: those with a screen.</summary>
public sealed class ContextTests
{
    [Fact]
    public async Task Commands_OfAThreadThatStandsStill_AreAnsweredAllTheSame()
    {
        SwitchboardClient ann = new InMemorySwitchboard().CreateClient("ann");
        Room room = ann.Room("r");

        await Standing(() => ann.ConnectAsync()).WithinAsync("the welcome");
        await Standing(() => room.JoinAsync(new JoinOptions { Presence = true })).WithinAsync("the join");
        await Standing(() => room.SetStateAsync(new Status("well"), TestJson.Default.Status)).WithinAsync("the state");
        await Standing(() => room.PublishAsync("x").AsTask()).WithinAsync("the publish");
        await Standing(() => ann.SendToUserAsync("ann", "y").AsTask()).WithinAsync("the send");
        await Standing(() => room.HistoryAsync()).WithinAsync("the history");
        await Standing(() => room.PresenceAsync()).WithinAsync("the presence");
        await Standing(() => room.LeaveAsync()).WithinAsync("the leave");
        await Standing(ann.CloseAsync).WithinAsync("the end");
    }

    private static Task Standing(Func<Task> command)
    {
        SynchronizationContext? before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(new NoTurns());
        try
        {
            return command();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    private sealed class NoTurns : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state)
        {
            // It waits, so it takes nothing.
        }

        public override void Send(SendOrPostCallback d, object? state) => throw new InvalidOperationException("the thread waits");
    }
}
