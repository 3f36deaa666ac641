using Switchboard.Core.Identifiers;
using Switchboard.GrainInterfaces.Edges;
using Switchboard.GrainInterfaces.Rooms;

namespace Switchboard.Node.Tests.Testing;

/// <summary>A silo's inbox: hands each batch to its room, and sends the answers when the test lets it.</summary>
internal sealed class FakeInbox(FakeCluster cluster, Func<IEdgeSink> sink) : ISiloInbox
{
    private readonly Lock _lock = new();
    private readonly List<string[]> _bundles = [];

    /// <summary>The rooms of each bundle.</summary>
    public string[][] Bundles
    {
        get
        {
            lock (_lock)
            {
                return [.. _bundles];
            }
        }
    }

    /// <summary>What the calls wait for.</summary>
    public TaskCompletionSource? Gate { get; set; }

    /// <summary>What the calls end with; null for nothing.</summary>
    public Exception? Fault { get; set; }

    /// <summary>Whether answers come at all.</summary>
    public bool Answers { get; set; } = true;

    /// <summary>Whether the rooms answer it.</summary>
    public bool IsAnswered { get; set; } = true;

    public async Task PublishAsync(PublishBundle bundle)
    {
        lock (_lock)
        {
            _bundles.Add([.. bundle.Publishes.Select(static publish => publish.Room)]);
        }

        await (Gate?.Task ?? Task.CompletedTask);
        if (Fault is not null)
        {
            throw Fault;
        }

        if (Answers)
        {
            await AnswerAsync(bundle);
        }
    }

    private async Task AnswerAsync(PublishBundle bundle)
    {
        List<RoomPublished> published = [];
        foreach (RoomPublish publish in bundle.Publishes)
        {
            PublishAnswer? answer = IsAnswered
                ? await cluster.RoomOf(new RoomName(publish.Room)).PublishAsync(publish.Batch)
                : null;
            published.Add(new RoomPublished { Ticket = publish.Ticket, Answer = answer });
        }

        await sink().DeliverAsync(new DeliveryBatch { Deliveries = [], Published = [.. published] });
    }
}
