using System.Collections.Concurrent;

namespace Switchboard.Faults.Reporting;

/// <summary>Lines "mark TEXT" from standard input: what somebody does to the servers meanwhile.</summary>
internal sealed class Marks
{
    private const string Prefix = "mark ";
    private readonly ConcurrentQueue<string> _waiting = new();

    /// <summary>Begins to read, on a thread of its own that ends with the input or with the program.</summary>
    public void Listen(TextReader input) =>
        new Thread(() => Read(input)) { IsBackground = true, Name = "marks" }.Start();

    public bool TryTake(out string mark) => _waiting.TryDequeue(out mark!);

    private void Read(TextReader input)
    {
        while (input.ReadLine() is { } line)
        {
            _waiting.Enqueue(
                line.StartsWith(Prefix, StringComparison.Ordinal)
                    ? line[Prefix.Length..]
                    : $"(not understood, marks are \"mark TEXT\": {line})");
        }
    }
}
