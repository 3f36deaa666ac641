using Switchboard.Core.Rooms;

namespace Switchboard.Testing.Tests;

public sealed class SiloTests
{
    [Fact]
    public async Task Silo_WithoutTheGrainThatIsARoomsLogic_DoesNotStartAndSaysWhich()
    {
        InvalidOperationException error = await Assert.ThrowsAsync<InvalidOperationException>(
            () => SwitchboardCluster.StartAsync(silos: 1, edges: 0, options =>
                options.Grains.Rooms.Kinds.Add(new RoomKind { Pattern = "count:*", Options = new() { Logic = "countr" } })));

        Assert.Contains("rooms 'count:*'", error.Message, StringComparison.Ordinal);
        Assert.Contains("[GrainType(\"countr\")]", error.Message, StringComparison.Ordinal);
    }
}
