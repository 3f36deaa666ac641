using System.Text;
using System.Text.Json;
using Switchboard.Webhooks.Questions;
using static Switchboard.Fuzz.FuzzFailureException;

namespace Switchboard.Fuzz.Targets;

/// <summary>
/// The answers of an application to a webhook, against the base library's reader. What is taken must be fit for what is
/// done with it: names that are valid, a code and a message that fit into an error, and one JSON value.
/// </summary>
internal sealed class WebhookTarget : IFuzzTarget
{
    private const int MaxDepth = 57;

    public string Name => "webhooks";

    public int Weight => 5;

    public int MaxInput => 4096;

    // The documents, the reader's and the oracle's, and the exceptions of both.
    public long MaxAllocation => 128 * MaxInput;

    public IEnumerable<byte[]> Seeds => WebhookSeeds.All;

    public IReadOnlyList<byte[]> Dictionary => WebhookSeeds.Dictionary;

    public void Run(ReadOnlySpan<byte> input, Trace trace)
    {
        byte[] body = input.ToArray();
        bool read = AnswerReader.TryRead(body, out Answer answer);
        if (!JsonOracle.IsObject(body, MaxDepth))
        {
            Unless(!read, "takes what the base library does not take for an object");
            trace.Note(1, input.IsEmpty ? 0 : 1);
            return;
        }

        if (!read)
        {
            Unless(answer.Kind == default(Answer).Kind && answer.Data is null && answer.Rooms is null, "refused, and yet an answer");
            trace.Note(2, input.IndexOf("allow"u8) < 0 ? 0 : 1);
            return;
        }

        Unless(answer.Kind is AnswerKind.Allowed or AnswerKind.Refused, "neither yes nor no");
        Unless(answer.Code is null or { Length: > 0 and <= 64 } && answer.Message is null or { Length: <= 256 }, "an endless reason");
        Unless(answer.User is null || IsName(answer.User), "a user that is no name");
        Unless(answer.Rooms is null || (answer.Rooms.Count <= AnswerReader.MaxRooms && answer.Rooms.All(IsName)), "rooms that are no names");
        Compare(body, answer);
        trace.Note(3, (int)answer.Kind, (answer.Code?.Length ?? -1) + 1);
        trace.Note(4, (answer.Message?.Length ?? -1) + 1, (answer.User?.Length ?? -1) + 1);
        trace.Note(5, (answer.Rooms?.Count ?? -1) + 1, answer.Data is null ? 0 : 1);
    }

    public int Mutate(ReadOnlySpan<byte> input, Span<byte> output, Prng random) => EnvelopeMutator.Mutate(input, output, random);

    private static bool IsName(string name) => Core.Identifiers.Name.Validate(name) is null;

    private static void Compare(byte[] body, in Answer answer)
    {
        using JsonDocument document = JsonDocument.Parse(body);
        JsonElement root = document.RootElement;
        Unless(root.GetProperty("allow").GetBoolean() == (answer.Kind == AnswerKind.Allowed), "yes is no");
        Unless(Text(root, "code") == answer.Code && Text(root, "message") == answer.Message && Text(root, "user") == answer.User, "a text differs");
        Unless(
            answer.Data is null == !root.TryGetProperty("data", out JsonElement data)
            && (answer.Data is null || data.GetRawText() == Encoding.UTF8.GetString(answer.Data)),
            "the data differ");
    }

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;
}
