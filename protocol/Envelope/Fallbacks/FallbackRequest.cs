using Switchboard.Protocol.Envelope.Json;

namespace Switchboard.Protocol.Envelope.Fallbacks;

/// <summary>The body of a request of the HTTP fallbacks, as docs/protocol.md specifies it.</summary>
public sealed class FallbackRequest
{
    /// <summary>The resume token as it was sent; null for none. Where it is only part of <see cref="Connect"/> it is not looked at.</summary>
    public string? Resume { get; init; }

    /// <summary>The command connect that the body stands for, with its token and positions as they were sent.</summary>
    public required ReadOnlyMemory<byte> Connect { get; init; }

    /// <summary>The commands, in order; each is read by whoever carries it out.</summary>
    public IReadOnlyList<FallbackCommand> Commands { get; init; } = [];

    /// <summary>The rooms that a position was given for: those that the client takes itself to be a member of.</summary>
    public IReadOnlyCollection<string> Rooms { get; init; } = [];

    /// <summary>The version of each room's presence that the client has.</summary>
    public IReadOnlyDictionary<string, long> Presence { get; init; } = new Dictionary<string, long>();

    /// <summary>How many seconds the answer may wait for something to say.</summary>
    public int Wait { get; init; }

    /// <summary>The number of this request among those of its stream, from 1; 0 where none was given.</summary>
    public long Sequence { get; init; }

    /// <summary>Whether the client says goodbye: the connection ends once the commands are carried out.</summary>
    public bool Close { get; init; }

    /// <summary>Reads a body. Never throws for what a peer sent.</summary>
    /// <param name="body">The whole body. What is returned points into it.</param>
    /// <param name="maxCommands">The most commands.</param>
    /// <param name="request">The request.</param>
    /// <param name="problem">What is wrong, in a sentence; null with a request.</param>
    public static bool TryDecode(
        ReadOnlyMemory<byte> body, int maxCommands, out FallbackRequest? request, out string? problem) =>
        FallbackDecoder.TryDecode(body, maxCommands, out request, out problem);
}
