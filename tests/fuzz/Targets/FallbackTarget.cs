using System.Text;
using System.Text.Json;
using Switchboard.Protocol.Envelope;
using Switchboard.Protocol.Envelope.Commands;
using Switchboard.Protocol.Envelope.Events;
using Switchboard.Protocol.Envelope.Fallbacks;
using static Switchboard.Fuzz.FuzzFailureException;

namespace Switchboard.Fuzz.Targets;

/// <summary>
/// The bodies of the HTTP fallbacks, against the base library's reader. An input is one byte that means nothing, and the
/// body. What was taken out of it as commands is decoded, too.
/// </summary>
internal sealed class FallbackTarget : IFuzzTarget
{
    private const int MaxCommands = 8;

    private readonly JsonEnvelopeCodec _codec = new();
    private readonly byte[] _scratch = new byte[EnvelopeLimits.ScratchBytes];

    public string Name => "fallback";

    public int Weight => 10;

    public int MaxInput => 4096;

    // The oracle's document, mostly.
    public long MaxAllocation => 128 * MaxInput;

    public IEnumerable<byte[]> Seeds => FallbackSeeds.All;

    public IReadOnlyList<byte[]> Dictionary => FallbackSeeds.Dictionary;

    public void Run(ReadOnlySpan<byte> input, Trace trace)
    {
        if (input.IsEmpty)
        {
            return;
        }

        byte[] body = input[1..].ToArray();
        bool decoded = FallbackRequest.TryDecode(body, MaxCommands, out FallbackRequest? request, out string? problem);
        Unless(decoded == request is not null && decoded == problem is null, "says neither what there is nor what is wrong");
        if (!JsonOracle.IsObject(body, EnvelopeLimits.MessageDepth))
        {
            Unless(!decoded, "takes what the base library does not take for an object");
            trace.Note(1, problem!.Contains("byte", StringComparison.Ordinal) ? 1 : 0);
            return;
        }

        if (!decoded)
        {
            Unless(!problem!.Contains("one JSON object", StringComparison.Ordinal), "refuses what the base library reads");
            trace.Note(2, problem.Split(' ').Length, problem[problem.IndexOf("field", StringComparison.Ordinal) is >= 0 and int at ? at + 6 : 0]);
            return;
        }

        Compare(body, request!);
        Decode(new FallbackCommand(request!.Connect, FrameKind.Text), trace);
        foreach (FallbackCommand command in request.Commands)
        {
            Decode(command, trace);
        }

        trace.Note(3, request.Commands.Count, request.Presence.Count);
        trace.Note(4, request.Wait == 0 ? 0 : 1, request.Close ? 1 : 0);
    }

    public int Mutate(ReadOnlySpan<byte> input, Span<byte> output, Prng random) =>
        EnvelopeMutator.Mutate(input, output, random);

    private static void Compare(byte[] body, FallbackRequest request)
    {
        using JsonDocument document = JsonDocument.Parse(body);
        foreach (JsonProperty field in document.RootElement.EnumerateObject())
        {
            bool agrees = NameOf(field) switch
            {
                "resume" => field.Value.GetString() == request.Resume,
                "wait" => field.Value.GetInt32() == request.Wait,
                "seq" => field.Value.GetInt64() == request.Sequence,
                "close" => field.Value.GetBoolean() == request.Close,
                "presence" => field.Value.EnumerateObject().Count() == request.Presence.Count,
                "commands" => AreSame(field.Value, request.Commands),
                _ => true,
            };
            Unless(agrees, "a field differs from what the base library reads");
        }
    }

    private static bool AreSame(JsonElement array, IReadOnlyList<FallbackCommand> commands) =>
        array.GetArrayLength() == commands.Count
        && array.EnumerateArray().Zip(commands).All(static pair => IsSame(pair.First, pair.Second));

    private static bool IsSame(JsonElement element, FallbackCommand command) => command.Frame == FrameKind.Text
        ? element.GetRawText() == Encoding.UTF8.GetString(command.Message.Span)
        : element.EnumerateObject().Any(field => IsPayload(field, command.Message.Span));

    private static bool IsPayload(JsonProperty field, ReadOnlySpan<byte> message) =>
        NameOf(field) == "base64"
        && field.Value.ValueKind == JsonValueKind.String
        && field.Value.TryGetBytesFromBase64(out byte[]? payload)
        && message.EndsWith(payload);

    // Null for half a surrogate pair, which is no field that is known.
    private static string? NameOf(JsonProperty field)
    {
        try
        {
            return field.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private void Decode(FallbackCommand command, Trace trace)
    {
        bool decoded = _codec.TryDecode(command.Message.Span, command.Frame, _scratch, out Command read, out ErrorEvent error);
        Unless(decoded || error.Code.Length > 0, "neither a command nor an error");
        trace.Note(5, decoded ? (int)read.Type : error.Code.Length + 100, (int)command.Frame);
    }
}
