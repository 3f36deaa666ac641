using Orleans;
using Orleans.Runtime;
using Switchboard.Core.Rooms.Logic;
using Switchboard.Grains.Rooms.Logic;
using Switchboard.Grains.Servers;

namespace Switchboard.Testing.Tests.Documented;

/// <summary>Counts what is published to its room, keeps the count, and publishes that instead.</summary>
[GrainType("counter")]
public sealed class CounterGrain([PersistentState("count")] IPersistentState<Count> count) : RoomLogic
{
    private int _published;

    protected override InputVerdict OnInput(RoomInput input)
    {
        count.State.Value++;
        return InputVerdict.Consume;
    }

    protected override async ValueTask OnTurnAsync()
    {
        if (count.State.Value > _published)
        {
            await count.WriteStateAsync();
            _published = count.State.Value;
            await Room.PublishAsync(ServerMessage.Json(_published, CountJson.Default.Int32));
        }
    }
}
