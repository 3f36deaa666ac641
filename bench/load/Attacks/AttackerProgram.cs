using System.Globalization;

namespace Switchboard.Load.Attacks;

/// <summary>The attacker's process: each line of its input is a port to attack from then on, or empty to stop, which is
/// answered with a tally. Its collections of garbage are not those of the process that measures.</summary>
internal static class AttackerProgram
{
    public static int Run(Attack attack)
    {
        Attacker? attacker = null;
        Console.WriteLine("ready");
        while (Console.ReadLine() is { } line)
        {
            if (line.Length > 0)
            {
                attacker = new Attacker(attack, int.Parse(line, CultureInfo.InvariantCulture));
                attacker.Start();
                continue;
            }

            attacker?.Dispose();
            Console.WriteLine(attacker?.Tally);
        }

        return 0;
    }
}
