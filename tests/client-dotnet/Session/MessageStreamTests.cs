using Switchboard.Client.Tests.Testing;

namespace Switchboard.Client.Tests.Session;

public sealed class MessageStreamTests
{
    [Fact]
    public async Task Stream_GivesMessagesInOrder_AndEndsWithTheClient()
    {
        await using ClientRig rig = new();
        FakeLink link = await rig.JoinAsync();
        MessageStream stream = rig.Client.Room("r").ReadAll();
        Task<List<long>> reading = ReadAllAsync(stream);

        link.Message(11);
        link.Message(12);
        link.Message(13);
        await Waiting.UntilAsync(() => rig.Client.Room("r").Position.Offset == 13, "the messages");
        await rig.Client.DisposeAsync();

        Assert.Equal([11, 12, 13], await reading.WithinAsync("the end of the stream"));
    }

    [Fact]
    public async Task Reader_ThatIsBehind_IsToldHowMuchIsMissing()
    {
        await using ClientRig rig = new(options => options with { StreamCapacity = 2 });
        FakeLink link = await rig.JoinAsync();
        await using MessageStream stream = rig.Client.Room("r").ReadAll();
        IAsyncEnumerator<RoomMessage> reader = stream.GetAsyncEnumerator();
        link.Message(11);
        Assert.True(await reader.MoveNextAsync().WithinAsync("the first"));

        for (int i = 12; i <= 16; i++)
        {
            link.Message(i);
        }

        await Waiting.UntilAsync(() => rig.Client.Room("r").Position.Offset == 16, "the messages");
        Assert.True(await reader.MoveNextAsync().WithinAsync("the next"));

        Assert.Equal(15, reader.Current.Position.Offset);
        Loss missing = Assert.IsType<Loss>(reader.Current.Missing);
        Assert.Equal(LossReasons.ReaderBehind, missing.Reason);
        Assert.Equal(3, missing.Count);
        Assert.Equal(11, missing.From.Offset);
        Assert.Equal(14, missing.To.Offset);
        Assert.True(await reader.MoveNextAsync().WithinAsync("the last"));
        Assert.Null(reader.Current.Missing);
    }

    [Fact]
    public async Task Loss_ThatTheServerTells_StandsOnTheNextMessage()
    {
        await using ClientRig rig = new();
        FakeLink link = await rig.JoinAsync();
        await using MessageStream stream = rig.Client.Room("r").ReadAll();
        IAsyncEnumerator<RoomMessage> reader = stream.GetAsyncEnumerator();

        link.Give("{'type':'lost','room':'r','epoch':'00000000000000cc','offset':20}");
        link.Message(21);

        Assert.True(await reader.MoveNextAsync().WithinAsync("the message"));
        Assert.Equal(LossReasons.NotDelivered, reader.Current.Missing?.Reason);
        Assert.Equal(20, reader.Current.Missing?.To.Offset);
    }

    [Fact]
    public async Task Cancellation_EndsTheReading()
    {
        await using ClientRig rig = new();
        await rig.JoinAsync();
        using CancellationTokenSource cancel = new();
        IAsyncEnumerator<RoomMessage> reader = rig.Client.Room("r").ReadAll().GetAsyncEnumerator(cancel.Token);
        Task<bool> reading = reader.MoveNextAsync().AsTask();

        await cancel.CancelAsync();

        await Assert.ThrowsAsync<OperationCanceledException>(() => reading.WithinAsync("the end"));
    }

    [Fact]
    public async Task Reader_ThatIsBehind_AmongVolatileMessages_IsToldWhereTheGapEnds()
    {
        await using ClientRig rig = new(options => options with { StreamCapacity = 1 });
        FakeLink link = await rig.JoinAsync();
        await using MessageStream stream = rig.Client.Room("r").ReadAll();
        IAsyncEnumerator<RoomMessage> reader = stream.GetAsyncEnumerator();

        link.Message(11);
        link.Give("{'type':'message','room':'r','from':{'user':'bob','connection':'c-2'},'time':1,'class':'volatile','data':2}");
        link.Message(13);
        await Waiting.UntilAsync(() => rig.Client.Room("r").Position.Offset == 13, "the messages");
        Assert.True(await reader.MoveNextAsync().WithinAsync("the last"));

        Assert.Equal(2, reader.Current.Missing?.Count);
        Assert.Equal(11, reader.Current.Missing?.To.Offset);
    }

    [Fact]
    public async Task Stream_OfAClientThatIsClosed_EndsAtOnce()
    {
        await using ClientRig rig = new();
        await rig.JoinAsync();
        await rig.Client.CloseAsync();

        Assert.Empty(await ReadAllAsync(rig.Client.Room("r").ReadAll()).WithinAsync("the end of the stream"));
        Assert.Empty(await ReadAllAsync(rig.Client.Room("new").ReadAll()).WithinAsync("the end of the other"));
    }

    private static async Task<List<long>> ReadAllAsync(MessageStream stream)
    {
        List<long> offsets = [];
        await foreach (RoomMessage message in stream)
        {
            offsets.Add(message.Position.Offset);
        }

        return offsets;
    }
}
