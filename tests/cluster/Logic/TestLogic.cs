using Orleans;
using Orleans.Runtime;
using Switchboard.Contract.Harness;
using Switchboard.Core.Rooms;
using Switchboard.Core.Rooms.Logic;
using Switchboard.Grains.Rooms.Logic;
using Switchboard.Grains.Servers;

namespace Switchboard.Cluster.Tests.Logic;

/// <summary>
/// Writes down what it is told. It consumes what begins with "eat", refuses what begins with "no", fails at "throw", and accepts the
/// rest. While somebody is there it publishes a count, 20 times a second.
/// </summary>
[GrainType(Type)]
internal sealed class TestLogic(Journal journal) : RoomLogic
{
    public const string Type = "test-logic";
    public const string Slot = "count";

    private readonly Guid _activation = Guid.NewGuid();
    private IGrainTimer? _loop;
    private int _ticks;

    protected override void OnJoined(PresenceMember member)
    {
        journal.Write(_activation, $"joined {member.User}");
        _loop ??= this.RegisterGrainTimer(TickAsync, TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(50));
    }

    protected override void OnLeft(PresenceMember member)
    {
        journal.Write(_activation, $"left {member.User}");
        if (Members.Count == 0)
        {
            _loop?.Dispose();
            _loop = null;
        }
    }

    protected override InputVerdict OnInput(RoomInput input)
    {
        string text = input.Payload.Text();
        journal.Write(_activation, text);
        return text.Split(' ')[0] switch
        {
            "eat" => InputVerdict.Consume,
            "no" => InputVerdict.Refuse,
            "throw" => throw new InvalidOperationException("the test told it to"),
            _ => InputVerdict.Accept,
        };
    }

    private async Task TickAsync(CancellationToken cancel) => await Room.PublishAsync(
        ServerMessage.Binary(Message.Bytes($"tick {++_ticks}")).AsLatest(Slot));
}
