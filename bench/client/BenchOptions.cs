using System.Globalization;

namespace Switchboard.Client.Bench;

/// <summary>The switches of the command line.</summary>
/// <param name="Seconds">How long it is measured.</param>
/// <param name="InFlight">How many publishes are awaited at one time.</param>
internal sealed record BenchOptions(int Seconds, int InFlight)
{
    public static BenchOptions Read(string[] args)
    {
        int Number(string name, int otherwise)
        {
            int at = Array.IndexOf(args, name);
            return at < 0 ? otherwise : int.Parse(args[at + 1], CultureInfo.InvariantCulture);
        }

        return new BenchOptions(Number("--seconds", 5), Number("--inflight", 512));
    }
}
