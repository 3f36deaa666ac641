using Switchboard.Client.Tests.Testing;

namespace Switchboard.Client.Tests.Session;

/// <summary>That no timer is left, the rig itself asserts at the end of every test.</summary>
public sealed class CloseTests
{
    [Fact]
    public async Task Close_SaysGoodbye_AndFailsWhatWasNotAnswered()
    {
        await using ClientRig rig = new();
        FakeLink link = await rig.JoinAsync();
        Task<Position> publishing = rig.Client.Room("r").PublishAsync("x").AsTask();
        Task<HistoryPage<RoomMessage>> asking = rig.Client.Room("r").HistoryAsync();

        await rig.Client.CloseAsync().WithinAsync("the end");

        Assert.True(link.IsClosed);
        Assert.Equal(ConnectionState.Closed, rig.Client.State);
        Assert.Equal(ErrorCodes.Closed, (await Assert.ThrowsAsync<SwitchboardException>(() => publishing)).Code);
        Assert.Equal(ErrorCodes.Closed, (await Assert.ThrowsAsync<SwitchboardException>(() => asking)).Code);
        Assert.Equal(ErrorCodes.Closed, (await Assert.ThrowsAsync<SwitchboardException>(() => rig.Client.ConnectAsync())).Code);
    }

    [Fact]
    public async Task Close_WhileReconnecting_EndsTheWaiting()
    {
        await using ClientRig rig = new();
        FakeLink link = await rig.ConnectAsync();
        link.End(1006);
        await rig.StateAsync(ConnectionState.Reconnecting);

        await rig.Client.CloseAsync().WithinAsync("the end");

        Assert.Equal(1, rig.Transport.Attempts);
    }

    [Fact]
    public async Task Handler_ThatThrows_IsTold_AndTheOthersGoOn()
    {
        await using ClientRig rig = new();
        FakeLink link = await rig.JoinAsync();
        TaskCompletionSource<Exception> failed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource second = new(TaskCreationOptions.RunContinuationsAsynchronously);
        rig.Client.HandlerFailed += e => failed.TrySetResult(e);
        rig.Client.Room("r").Message += message =>
        {
            if (message.Position.Offset == 11)
            {
                throw new InvalidOperationException("on purpose");
            }

            second.TrySetResult();
        };

        link.Message(11);
        link.Message(12);

        Assert.Equal("on purpose", (await failed.Task.WithinAsync("the failure")).Message);
        await second.Task.WithinAsync("the second message");
    }

    [Fact]
    public async Task Close_AskedForTwice_EndsBothWhenItIsOver()
    {
        await using ClientRig rig = new();
        FakeLink link = await rig.JoinAsync();

        Task first = rig.Client.CloseAsync();
        await rig.Client.DisposeAsync();

        Assert.True(link.IsClosed);
        Assert.Equal(ConnectionState.Closed, rig.Client.State);
        await first.WithinAsync("the end");
    }

    [Fact]
    public async Task Close_WhileAHandlerStandsStillAndMuchWaits_Ends_AndTellsNoMoreOfIt()
    {
        await using ClientRig rig = new();
        FakeLink link = await rig.JoinAsync();
        TaskCompletionSource standsStill = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource goesOn = new(TaskCreationOptions.RunContinuationsAsynchronously);
        int told = 0;
        rig.Client.Room("r").Message += _ =>
        {
            told++;
            standsStill.TrySetResult();
            goesOn.Task.Wait();
        };
        for (int i = 11; i < 6000; i++)
        {
            link.Message(i);
        }

        await standsStill.Task.WithinAsync("the handler");
        await Waiting.UntilAsync(() => rig.Client.Room("r").Position.Offset > 4000, "the reading to pause");
        try
        {
            await rig.Client.CloseAsync().WithinAsync("the end");
        }
        finally
        {
            goesOn.SetResult();
        }

        await rig.StateAsync(ConnectionState.Closed);
        Assert.Equal(1, told);
    }
}
