using System.Globalization;
using Switchboard.Core.Identifiers;

namespace Switchboard.ClusterBench;

/// <summary>What an idle connection costs in the silo: with a user of its own, in one room that it shares with a few.</summary>
internal static class MemoryRun
{
    private const int AtOnce = 200;
    private const int Warmup = 200;

    public static async Task<int> RunAsync(Arguments arguments)
    {
        int connections = arguments.Get("connections", 20_000);
        int rooms = arguments.Get("rooms", 2_000);
        await using SiloProcess silo = await SiloProcess.StartAsync();
        await using BenchEdge edge = await BenchEdge.StartAsync(silo.GatewayPort, "memory");
        await EnterAsync(edge, "warm", Warmup, rooms);
        long before = await silo.HeapAsync();
        await EnterAsync(edge, "user", connections, rooms);
        long after = await silo.HeapAsync();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{{\"connections\":{connections},\"rooms\":{rooms},\"heapBytesPerConnection\":{(after - before) / connections}}}"));
        return 0;
    }

    private static Task EnterAsync(BenchEdge edge, string prefix, int count, int rooms) => Parallel.ForEachAsync(
        Enumerable.Range(0, count),
        new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
        async (number, _) => await edge.EnterAsync(
            new UserName($"{prefix}-{number}"), new RoomName($"{prefix}-room-{number % rooms}")));
}
