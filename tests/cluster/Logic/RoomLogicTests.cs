using Switchboard.Contract.Harness;
using Switchboard.Core.Backplane;
using Switchboard.Core.Feeds;

namespace Switchboard.Cluster.Tests.Logic;

/// <summary>A grain of the user's has the say in a room.</summary>
public sealed class RoomLogicTests : LogicTest
{
    [Fact]
    public async Task Inputs_OfBothEdges_ReachTheLogicOnceAndInOrderBetweenJoinsAndLeaves()
    {
        TestConnection ann = await JoinAsync(First, "ann");
        TestConnection bob = await JoinAsync(Second, "bob");
        for (int i = 1; i <= 20; i++)
        {
            await ann.PublishAsync(Room, Message.Reliable($"eat ann {i}"));
            await bob.PublishAsync(Room, Message.Reliable($"eat bob {i}"));
        }

        await bob.LeaveAsync(Room);
        await Cluster.WaitAsync(() => Journal.All.Contains("left bob"), "the logic to hear that bob left");

        Assert.Equal(
            ["joined ann", "joined bob", .. Enumerable.Range(1, 20).SelectMany(i => new[] { $"eat ann {i}", $"eat bob {i}" }), "left bob"],
            Journal.All);
        Assert.Single(Journal.ByActivation);
    }

    [Fact]
    public async Task Verdicts_DecideWhatTheRoomGetsAndWhatTheSenderIsTold()
    {
        TestConnection ann = await JoinAsync(First, "ann");
        TestConnection bob = await JoinAsync(Second, "bob");

        PublishResult consumed = await ann.PublishAsync(Room, Message.Reliable("eat this"));
        PublishResult refused = await ann.PublishAsync(Room, Message.Reliable("no way"));
        PublishResult failed = await ann.PublishAsync(Room, Message.Reliable("throw it"));
        PublishResult accepted = await ann.PublishAsync(Room, Message.Reliable("to all"));

        Assert.Equal(BackplaneStatus.Ok, consumed.Status);
        Assert.Equal(BackplaneStatus.RefusedByLogic, refused.Status);
        Assert.Equal(BackplaneStatus.RefusedByLogic, failed.Status);
        Assert.Equal(BackplaneStatus.Ok, accepted.Status);
        string[] received = await bob[Room].ThroughAsync("to all");
        Assert.Equal(["to all"], received.Where(static text => !text.StartsWith("tick", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Key_SentAgain_IsNotDecidedAboutAgain()
    {
        TestConnection ann = await JoinAsync(First, "ann");
        Publication consumed = Message.Reliable("eat once", key: "a");
        Publication accepted = Message.Reliable("say once", key: "b");
        await ann.PublishAsync(Room, consumed);
        PublishResult first = await ann.PublishAsync(Room, accepted);

        PublishResult again = await ann.PublishAsync(Room, consumed);
        PublishResult second = await ann.PublishAsync(Room, accepted);

        Assert.Equal(BackplaneStatus.Ok, again.Status);
        Assert.Equal((first.Position, true), (second.Position, second.Duplicate));
        Assert.Equal(["joined ann", "eat once", "say once"], Journal.All);
    }

    [Fact]
    public async Task Logic_LivesWhereItsRoomLives_AndItsStateReachesMembersOnBothEdges()
    {
        TestConnection ann = await JoinAsync(First, "ann");
        TestConnection bob = await JoinAsync(Second, "bob");

        foreach (TestConnection member in new[] { ann, bob })
        {
            string[] ticks = await member[Room].CountAsync(3, "three ticks");
            Assert.All(ticks, static text => Assert.StartsWith("tick ", text, StringComparison.Ordinal));
            Assert.All(member[Room].Entries, static entry => Assert.Equal((DeliveryClass.Latest, TestLogic.Slot), (entry.Class, entry.Slot)));
        }

        Assert.Equal(await Cluster.FindSiloAsync(Room), await Cluster.FindSiloAsync(Logic));
    }
}
