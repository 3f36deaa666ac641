using System.Globalization;

namespace Switchboard.Load.Measuring;

/// <summary>What a server process and its children have used, from /proc.</summary>
internal sealed class ProcessProbe
{
    private const double TicksPerSecond = 100;

    private readonly int[] _ids;

    /// <summary>Watches <paramref name="id"/> and the children it has now: nginx works in one.</summary>
    public ProcessProbe(int id) => _ids = [.. Family(id)];

    /// <summary>Processor seconds, user and system, in steps of 10 ms.</summary>
    public double CpuSeconds() => _ids.Sum(Ticks) / TicksPerSecond;

    /// <summary>Resident bytes.</summary>
    public long ResidentBytes() => _ids.Sum(Resident);

    private static IEnumerable<int> Family(int id)
    {
        if (!Directory.Exists($"/proc/{id}"))
        {
            throw new LoadException($"no process {id}");
        }

        var children = File.ReadAllText($"/proc/{id}/task/{id}/children")
            .Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return children.Select(child => int.Parse(child, CultureInfo.InvariantCulture)).SelectMany(Family).Prepend(id);
    }

    private static long Ticks(int id)
    {
        var stat = Read(id, "stat");

        // The second field is the name in parentheses, which may hold anything; utime and stime are the 14th and 15th.
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return long.Parse(fields[11], CultureInfo.InvariantCulture)
            + long.Parse(fields[12], CultureInfo.InvariantCulture);
    }

    private static long Resident(int id)
    {
        var line = Read(id, "status").Split('\n').First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ')[^2], CultureInfo.InvariantCulture) * 1024;
    }

    private static string Read(int id, string file)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/{file}");
        }
        catch (IOException)
        {
            throw new LoadException($"the server process {id} is gone");
        }
    }
}
