namespace Switchboard.Load.Attacks;

/// <summary>Where a sink listens, and what it does.</summary>
internal sealed record SinkOptions(int Port, SinkAnswer Answer)
{
    public static SinkOptions From(Arguments arguments) => new(
        arguments.Number("port", null, 1, ushort.MaxValue),
        Enum.TryParse<SinkAnswer>(arguments.Text("answer"), out var answer)
            ? answer
            : throw new LoadException($"--answer is one of {string.Join(", ", Enum.GetNames<SinkAnswer>())}"));
}
