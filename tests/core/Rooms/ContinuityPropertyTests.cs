using Switchboard.Core.Tests.Testing;

namespace Switchboard.Core.Tests.Rooms;

public class ContinuityPropertyTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Edges_AnyFailuresMovesAndRestarts_SeeEachEntryOnceOrAreToldOfItsLoss(bool durable)
    {
        ForAll.Sequences(FeedOperation.Any, 1_000, 120, operations =>
        {
            var cluster = new RoomCluster(durable);
            foreach (FeedOperation operation in operations)
            {
                cluster.Do(operation);
            }

            cluster.Settle();
            cluster.AssertNothingIsMissing();
        });
    }
}
