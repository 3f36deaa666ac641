using Switchboard.Core.Backplane;
using Switchboard.Core.InProcess;
using Switchboard.Core.Tests.Testing;

namespace Switchboard.Core.Tests.InProcess;

public class InProcessObserverTests
{
    [Fact]
    public async Task Observer_HearsOfConnectionsAndRoomsAsAWhole()
    {
        FakeTime time = new();
        RecordingObserver observer = new();
        InProcessOptions options = new();
        options.Connections.Grace = TimeSpan.FromSeconds(10);
        await using var backplane = new InProcessBackplane(options, time, observer: observer);
        backplane.Attach(new RecordingEdge());

        OpenResult ann = await backplane.OpenAsync(Some.Ann);
        OpenResult bob = await backplane.OpenAsync(Some.Bob);
        await backplane.JoinAsync(ann.Connection, Some.Room, default);
        await backplane.JoinAsync(bob.Connection, Some.Room, default);
        await backplane.DetachAsync(ann.Connection, ann.Attachment);
        ResumeResult resumed = await backplane.ResumeAsync(Some.Ann, ann.Token, null, null);
        Assert.Equal(["connected ann", "connected bob", "occupied room"], observer.Events);

        observer.Events.Clear();
        await backplane.CloseAsync(ann.Connection, resumed.Attachment);
        await backplane.DetachAsync(bob.Connection, bob.Attachment);
        Assert.Equal(["disconnected ann Closed"], observer.Events);

        time.Advance(TimeSpan.FromSeconds(11));
        Assert.Equal(["disconnected ann Closed", "vacated room", "disconnected bob Expired"], observer.Events);
    }
}
