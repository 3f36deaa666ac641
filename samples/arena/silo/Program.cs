using Orleans.Hosting;
using Switchboard.Arena;
using Switchboard.Core.Rooms;
using Switchboard.Silo;

// Switchboard's silo, with the arena's grain in it: rooms named "arena:…" are arenas.
return await SiloProgram.RunAsync(
    args,
    options => options.Rooms.Kinds.Add(
        new RoomKind { Pattern = "arena:*", Options = new RoomOptions { Logic = ArenaGrain.Kind } }),
    silo => silo.AddMemoryGrainStorage(ArenaGrain.Storage));
