using System.Diagnostics;
using System.Globalization;
using Switchboard.Core.Backplane;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;

namespace Switchboard.ClusterBench;

/// <summary>
/// Publishes from one edge to rooms that have a member on another one: what the cluster can do without sockets. Edges
/// and silo are processes of their own, but for the two edges, which share one.
/// </summary>
internal static class PublishRun
{
    public static async Task<int> RunAsync(Arguments arguments)
    {
        int rooms = arguments.Get("rooms", 100);
        int inFlight = arguments.Get("inflight", 64);
        var duration = TimeSpan.FromSeconds(arguments.Get("seconds", 10));
        byte[] payload = new byte[arguments.Get("size", 64)];
        await using SiloProcess silo = await SiloProcess.StartAsync();
        await using BenchEdge here = await BenchEdge.StartAsync(silo.GatewayPort, "publishers");
        await using BenchEdge there = await BenchEdge.StartAsync(silo.GatewayPort, "receivers");
        var senders = new Sender[rooms];
        for (int room = 0; room < rooms; room++)
        {
            senders[room] = await here.EnterAsync(new UserName($"publisher-{room}"), NameOf(room));
            await there.EnterAsync(new UserName($"receiver-{room}"), NameOf(room));
        }

        await PublishAsync(here, senders, payload, inFlight, duration / 4);
        long deliveredBefore = there.Delivered;
        TimeSpan siloBefore = silo.ProcessorTime;
        long began = Stopwatch.GetTimestamp();
        long acknowledged = await PublishAsync(here, senders, payload, inFlight, duration);
        double seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        double siloSeconds = (silo.ProcessorTime - siloBefore).TotalSeconds;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{{\"rooms\":{rooms},\"inFlight\":{inFlight},\"acknowledgedPerSecond\":{acknowledged / seconds:F0},"
            + $"\"deliveredElsewherePerSecond\":{(there.Delivered - deliveredBefore) / seconds:F0},"
            + $"\"acknowledgedPerSiloCpuSecond\":{acknowledged / siloSeconds:F0}}}"));
        return 0;
    }

    private static RoomName NameOf(int room) => new($"room-{room}");

    private static async Task<long> PublishAsync(
        BenchEdge edge, Sender[] senders, byte[] payload, int inFlight, TimeSpan duration)
    {
        long began = Stopwatch.GetTimestamp();
        long[] acknowledged = await Task.WhenAll(
            Enumerable.Range(0, senders.Length * inFlight).Select(number => LoopAsync(number % senders.Length)));
        return acknowledged.Sum();

        async Task<long> LoopAsync(int room)
        {
            await Task.Yield();
            var publication = new Publication(
                payload, PayloadKind.Binary, DeliveryClass.Reliable, null, null, senders[room], ExceptSender: true);
            long count = 0;
            while (Stopwatch.GetElapsedTime(began) < duration)
            {
                PublishResult result = await edge.Backplane.PublishAsync(NameOf(room), publication);
                count += result.Status == BackplaneStatus.Ok
                    ? 1
                    : throw new InvalidOperationException($"a publish was answered {result.Status}");
            }

            return count;
        }
    }
}
