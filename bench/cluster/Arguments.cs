using System.Globalization;

namespace Switchboard.ClusterBench;

/// <summary>Whole numbers by name, "--rooms 100".</summary>
internal sealed class Arguments(string[] args)
{
    /// <exception cref="FormatException">The value is no whole number.</exception>
    public int Get(string name, int otherwise)
    {
        int at = Array.IndexOf(args, $"--{name}");
        return at >= 0 && at + 1 < args.Length ? int.Parse(args[at + 1], CultureInfo.InvariantCulture) : otherwise;
    }
}
