using System.CommandLine;
using System.Globalization;

namespace Switchboard.Cli.Commands;

/// <summary>Arguments and options that not any value will do for.</summary>
internal static class Bounds
{
    /// <summary>The value of an argument that names something.</summary>
    /// <exception cref="UsageException">It is empty.</exception>
    public static string ReadName(this ParseResult parsed, Argument<string> argument) =>
        parsed.GetRequiredValue(argument) is { Length: > 0 } name
            ? name
            : throw new UsageException($"{argument.Name} must not be empty");

    /// <summary>The value of an option.</summary>
    /// <exception cref="UsageException">It is outside its bounds.</exception>
    public static T Read<T>(this ParseResult parsed, Option<T> option, T least, T most)
        where T : IComparable<T>, IFormattable
    {
        T value = parsed.GetValue(option)!;
        return value.CompareTo(least) >= 0 && value.CompareTo(most) <= 0
            ? value
            : throw new UsageException(string.Create(
                CultureInfo.InvariantCulture, $"{option.Name} must be {least} to {most}, not {value}"));
    }
}
