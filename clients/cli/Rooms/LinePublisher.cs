using System.Text;
using System.Text.Json;
using Switchboard.Client;

namespace Switchboard.Cli.Rooms;

/// <summary>Publishes texts to a room, and prints the position of each in their order.</summary>
/// <param name="room">A room that was joined.</param>
/// <param name="options">How.</param>
/// <param name="isJson">Whether a text is JSON already.</param>
/// <param name="positions">Takes a line for each message that has a position.</param>
internal sealed class LinePublisher(Room room, PublishOptions options, bool isJson, TextWriter positions)
{
    private const int MostInFlight = 256;

    private readonly Queue<Task<Position>> _inFlight = new();

    /// <summary>Publishes one text.</summary>
    /// <exception cref="CliException">It is not JSON, but should be.</exception>
    /// <exception cref="SwitchboardException">It was refused, or not answered in time.</exception>
    public async Task PublishAsync(string text, CancellationToken cancellationToken)
    {
        Begin(text, cancellationToken);
        await EndAsync(0);
    }

    /// <summary>Publishes each line of a stream, to its end.</summary>
    /// <inheritdoc cref="PublishAsync"/>
    public async Task PublishLinesAsync(Stream input, CancellationToken cancellationToken)
    {
        using StreamReader lines = new(input, Encoding.UTF8);
        while (true)
        {
            Task<string?> reading = lines.ReadLineAsync(CancellationToken.None).AsTask();
            if (!reading.IsCompleted)
            {
                // Who types wants to see what became of the line before.
                await EndAsync(0);
            }

            // A terminal's reading can't be cancelled, only left behind.
            if (await reading.WaitAsync(cancellationToken) is not { } line)
            {
                break;
            }

            Begin(line, cancellationToken);
            await EndAsync(MostInFlight - 1);
        }

        await EndAsync(0);
    }

    private void Begin(string text, CancellationToken cancellationToken)
    {
        try
        {
            _inFlight.Enqueue(isJson
                ? room.PublishJsonAsync(Encoding.UTF8.GetBytes(text), options, cancellationToken).AsTask()
                : room.PublishAsync(text, options, cancellationToken).AsTask());
        }
        catch (JsonException e)
        {
            throw new CliException($"the message is not JSON: {e.Message}", e);
        }
        catch (ArgumentException e)
        {
            throw new CliException($"the message can't be published: {e.Message}", e);
        }
    }

    private async Task EndAsync(int atMost)
    {
        while (_inFlight.Count > atMost)
        {
            Position position = await _inFlight.Dequeue();
            if (!position.IsNone)
            {
                await positions.WriteLineAsync(position.ToString());
            }
        }
    }
}
