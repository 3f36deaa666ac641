using System.Globalization;

namespace Switchboard.Load.Attacks;

/// <summary>What an attacker did in one window: its steps, and how it was answered. A line of text between processes.</summary>
internal sealed record AttackerTally(int Steps, IReadOnlyDictionary<string, int> Answers)
{
    public override string ToString() => string.Join('|', Answers.Select(answer => $"{answer.Key}={answer.Value}").Prepend($"{Steps}"));

    public static AttackerTally Parse(string line)
    {
        var parts = line.Split('|');
        return new AttackerTally(
            int.Parse(parts[0], CultureInfo.InvariantCulture),
            parts.Skip(1).Select(part => part.Split('=')).ToDictionary(
                pair => pair[0], pair => int.Parse(pair[1], CultureInfo.InvariantCulture)));
    }
}
