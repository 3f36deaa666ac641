using Switchboard.Cli.Bench;
using Switchboard.Client;
using Switchboard.Client.InMemory;

namespace Switchboard.Cli.Tests.Bench;

/// <summary>What breaks the contract is seen: a member of the benchmark among messages that somebody forges.</summary>
public sealed class BenchMemberTests : IAsyncLifetime, IAsyncDisposable
{
    private const string Run = "0011aabb";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly InMemorySwitchboard _server = new();
    private readonly BenchCounts _counts = new();
    private readonly BenchRoom _room = new("bench");
    private SwitchboardClient _memberClient = null!;
    private SwitchboardClient _forger = null!;
    private BenchMember _member = null!;

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        _memberClient = _server.CreateClient("member");
        _forger = _server.CreateClient("forger");
        _member = new BenchMember(_memberClient, _room, _counts, Run, TimeProvider.System);
        await _memberClient.ConnectAsync().WaitAsync(Patience);
        await _member.JoinAsync(CancellationToken.None).WaitAsync(Patience);
        await _forger.ConnectAsync().WaitAsync(Patience);
        await _forger.Room("bench").JoinAsync().WaitAsync(Patience);
    }

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _member.DisposeAsync();
        await _forger.DisposeAsync();
    }

    [Fact]
    public async Task Member_OfItsOwnMessages_FindsNothingWrong()
    {
        await _member.PublishAsync(100).WaitAsync(Patience);
        await _member.PublishAsync(100).WaitAsync(Patience);
        await ForgeAsync(7);

        Assert.Equal((2, 3, 0, 0), (_counts.Acknowledged, _counts.Delivered, _counts.Duplicates, _counts.Disordered));
        Assert.Equal((0, 0), _member.CountLosses());
        Assert.Empty(_counts.Errors);
    }

    [Fact]
    public async Task Member_ThatGetsAMessageTwice_CountsADuplicate()
    {
        await ForgeAsync(1);
        await ForgeAsync(1);
        await ForgeAsync(2);

        Assert.Equal((2, 1), (_counts.Delivered, _counts.Duplicates));
    }

    [Fact]
    public async Task Member_ThatDoesNotGetAnAcknowledgedMessage_CountsASilentLoss()
    {
        Position other = await ForgeAsync(5);
        _room.OnAcknowledged(_room.Next(), new Position(other.Epoch, other.Offset + 1));

        Assert.Equal((0, 1), _member.CountLosses());
    }

    [Fact]
    public async Task Member_ThatSeesAnotherOrderThanTheOthers_CountsIt()
    {
        Position first = await ForgeAsync(1);
        Assert.True(_room.IsInOrder(2, new Position(first.Epoch, first.Offset + 1)));
        await ForgeAsync(3);
        await ForgeAsync(4);

        Assert.Equal(1, _counts.Disordered);
    }

    // Ends once the member has seen it: handlers are called in the order that they came in.
    private async Task<Position> ForgeAsync(int number)
    {
        TaskCompletionSource came = new(TaskCreationOptions.RunContinuationsAsynchronously);
        void OnMessage(RoomMessage message)
        {
            if (BenchPayload.TryRead(message.Data.Span, Run, out int seen, out _) && seen == number)
            {
                came.TrySetResult();
            }
        }

        _memberClient.Room("bench").Message += OnMessage;
        Position position = await _forger.Room("bench").PublishJsonAsync(
            BenchPayload.Make(Run, number, TimeProvider.System.GetTimestamp(), 100));
        await came.Task.WaitAsync(Patience);
        _memberClient.Room("bench").Message -= OnMessage;
        return position;
    }
}
