using Orleans;
using Orleans.Runtime;
using Switchboard.Core.Rooms.Logic;
using Switchboard.Grains.Rooms.Logic;
using Switchboard.Grains.Servers;

namespace Counting;

/// <summary>Counts what is published to its room, keeps the count, and publishes that instead.</summary>
[GrainType("counter")]
public sealed class CounterGrain([PersistentState("count")] IPersistentState<int> count) : RoomLogic
{
    private bool _hasChanged;

    protected override InputVerdict OnInput(RoomInput input)
    {
        count.State++;
        _hasChanged = true;
        return InputVerdict.Consume;
    }

    protected override async ValueTask OnTurnAsync()
    {
        if (_hasChanged)
        {
            _hasChanged = false;
            await count.WriteStateAsync();
            await Room.PublishAsync(ServerMessage.Json(count.State, CountJson.Default.Int32));
        }
    }
}
