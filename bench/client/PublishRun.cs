using System.Diagnostics;

namespace Switchboard.Client.Bench;

/// <summary>Publishes over one connection, each publish awaited, so many at one time.</summary>
internal static class PublishRun
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(2);

    public static async Task<PublishResult> RunAsync(Uri server, BenchOptions options, bool echo)
    {
        await using SwitchboardClient client = new(new SwitchboardClientOptions
        {
            Url = server,
            User = "bench",
            Transports = [TransportKind.WebSocket],
            Outbox = new OutboxOptions { MaxMessages = options.InFlight },
        });
        await client.ConnectAsync();
        Room room = client.Room($"bench-{echo}");
        await room.JoinAsync();

        long[] counts = new long[options.InFlight * 16];
        using CancellationTokenSource stop = new();
        Task[] publishers = [.. Enumerable.Range(0, options.InFlight).Select(i => PublishAsync(room, counts, i * 16, echo, stop.Token))];
        await Task.Delay(WarmUp);

        long before = counts.Sum();
        long allocated = GC.GetTotalAllocatedBytes(precise: true);
        TimeSpan cpu = Environment.CpuUsage.TotalTime;
        long began = Stopwatch.GetTimestamp();
        await Task.Delay(TimeSpan.FromSeconds(options.Seconds));
        double seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;
        cpu = Environment.CpuUsage.TotalTime - cpu;
        long messages = counts.Sum() - before;

        await stop.CancelAsync();
        await Task.WhenAll(publishers);
        return new PublishResult(messages, messages / seconds, (double)allocated / messages, cpu.TotalMicroseconds / messages);
    }

    private static async Task PublishAsync(Room room, long[] counts, int mine, bool echo, CancellationToken stop)
    {
        PublishOptions options = new() { Echo = echo };
        while (!stop.IsCancellationRequested)
        {
            Position position = await room.PublishAsync(new Point(mine, 7), BenchJson.Default.Point, options, CancellationToken.None);
            counts[mine] += position.IsNone ? 0 : 1;
        }
    }
}
