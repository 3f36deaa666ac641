using System.Globalization;

namespace Switchboard.Fuzz;

/// <summary>What the command line asks for.</summary>
internal sealed record FuzzOptions
{
    public const string Usage = """
        Options:
          --target <name>   one target instead of all
          --inputs <count>  inputs in total, shared out by the targets' weights (default 10000000)
          --seconds <count> the longest time in total, shared out likewise
          --seed <number>   where the random inputs start (default 1)
          --keep            put what was found new, reduced, into the corpus
          --replay <file>   run this one input of --target, and nothing else
          --root <folder>   where corpus/ and crashes/ are (default tests/fuzz)
        """;

    public string? Target { get; private init; }

    public long Inputs { get; private init; } = 10_000_000;

    public double Seconds { get; private init; } = double.PositiveInfinity;

    public ulong Seed { get; private init; } = 1;

    public bool Keep { get; private init; }

    public string? Replay { get; private init; }

    public string Root { get; private init; } = Path.Combine("tests", "fuzz");

    /// <exception cref="FormatException">An option is unknown, or has no value or a wrong one.</exception>
    public static FuzzOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new FuzzOptions();
        for (int i = 0; i < arguments.Count; i++)
        {
            if (arguments[i] == "--keep")
            {
                options = options with { Keep = true };
                continue;
            }

            string value = i + 1 < arguments.Count
                ? arguments[i + 1]
                : throw new FormatException($"{arguments[i]} needs a value");
            options = arguments[i++] switch
            {
                "--target" => options with { Target = value },
                "--inputs" => options with { Inputs = long.Parse(value, CultureInfo.InvariantCulture) },
                "--seconds" => options with { Seconds = double.Parse(value, CultureInfo.InvariantCulture) },
                "--seed" => options with { Seed = ulong.Parse(value, CultureInfo.InvariantCulture) },
                "--replay" => options with { Replay = value },
                "--root" => options with { Root = value },
                string unknown => throw new FormatException($"unknown option {unknown}"),
            };
        }

        return options.Replay is not null && options.Target is null
            ? throw new FormatException("--replay needs --target")
            : options;
    }
}
