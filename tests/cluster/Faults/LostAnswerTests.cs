using Switchboard.Cluster.Tests.Rig;
using Switchboard.Contract.Harness;
using Switchboard.Core.Backplane;
using Switchboard.Core.Identifiers;
using Switchboard.GrainInterfaces.Edges;

namespace Switchboard.Cluster.Tests.Faults;

/// <summary>A message is published, and its answer is lost: whoever sent it runs into a time-out, while the others go on.</summary>
public sealed class LostAnswerTests : FaultTest
{
    private const int MoreThanTheDefaultKeys = 10_100;

    private static readonly TimeSpan Unanswered = TimeSpan.FromSeconds(1);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Publish_ItsAnswerIsLostWhileOthersPublishMuch_IsDoneOnce(bool durable)
    {
        RoomName room = NewRoom(durable);
        TestConnection one = await JoinAsync(First, room);
        TestConnection two = await JoinAsync(Second, room);
        await one.PublishAsync(room, "by way of the room");
        (string text, Task<PublishResult> call) = await LoseAnAnswerAsync(one, room);

        using PipelinedPublisher others = new(two, room);

        // On a busy machine they take longer than that one waits, which shows nothing then.
        await others.ContinueAsync(MoreThanTheDefaultKeys, "while one waits");
        PublishResult result = await call;
        await others.StopAsync();

        Assert.Equal((BackplaneStatus.Ok, true), (result.Status, result.Duplicate));
        await one.PublishAsync(room, "after");
        foreach (TestConnection member in new[] { one, two })
        {
            Assert.Single(await member[room].ThroughAsync("after"), text);
            Assert.Empty(member[room].Losses);
        }
    }

    // A call is dropped before or after it was made: until it is the former for one with an answer.
    private async Task<(string Text, Task<PublishResult> Call)> LoseAnAnswerAsync(TestConnection connection, RoomName room)
    {
        using IDisposable faults = Cluster.Faults.Drop<IEdgeSink>(1, seed: 1, nameof(IEdgeSink.DeliverAsync));
        for (int i = 0; ; i++)
        {
            string text = $"lost {i}";
            Task<PublishResult> call = connection.PublishAsync(room, Message.Reliable(text, key: text));
            if (await Task.WhenAny(call, Task.Delay(Unanswered)) != call)
            {
                return (text, call);
            }
        }
    }
}
