using System.Globalization;
using Switchboard.Load.Rooms;

namespace Switchboard.Load.Publish;

/// <summary>What a publish run does. The first of <paramref name="Edges"/> gets the publishers, the last one the
/// receivers; <paramref name="Publishers"/> and <paramref name="Receivers"/> count for each room. With a <paramref
/// name="Rate"/> above 0 it publishes that many messages a second in all by the clock, <paramref name="Burst"/> one after
/// another by the same publisher, otherwise each publisher keeps <paramref name="Inflight"/> unacknowledged. <paramref name="Pids"/> are processes whose processor time is told, by
/// name. The size is that of the published string in bytes, times are in seconds.</summary>
internal sealed record PublishOptions(
    IReadOnlyList<Uri> Edges, IReadOnlyDictionary<string, int> Pids, int Rooms = 100, int Publishers = 1,
    int Receivers = 1, int Inflight = 64, int Size = 64, int Rate = 0, int Burst = 1, double Seconds = 10, double Warmup = 3,
    string RoomPrefix = "p")
{
    public static PublishOptions From(Arguments arguments) => new(
        arguments.Urls("edges", 2),
        ReadPids(arguments.Text("pids", "")),
        arguments.Number("rooms", 100, 1, 10_000),
        arguments.Number("publishers", 1, 1, 100),
        arguments.Number("receivers", 1, 0, 1000),
        arguments.Number("inflight", 64, 1, 1024),
        arguments.Number("size", 64, Stamp.Length, 16_384),
        arguments.Number("rate", 0, 0, 10_000_000),
        arguments.Number("burst", 1, 1, 1024),
        arguments.Seconds("seconds", 10, 0.1, 600),
        arguments.Seconds("warmup", 3, 0, 600),
        arguments.Text("room-prefix", "p"));

    private static Dictionary<string, int> ReadPids(string text)
    {
        var pids = new Dictionary<string, int>();
        foreach (var entry in text.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = entry.Split('=');
            if (parts.Length != 2
                || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var pid)
                || !pids.TryAdd(parts[0], pid))
            {
                throw new LoadException("--pids is like silo=123,edge=456, each name once");
            }
        }

        return pids;
    }
}
