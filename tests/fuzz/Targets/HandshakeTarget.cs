using System.Buffers;
using System.Text;
using Switchboard.Protocol.Handshake;
using static Switchboard.Fuzz.FuzzFailureException;

namespace Switchboard.Fuzz.Targets;

/// <summary>
/// Both sides of the opening handshake. An input is two bytes of set-up and a head, of a request or of a response,
/// which is read whole, in pieces, and by the model.
/// </summary>
internal sealed class HandshakeTarget : IFuzzTarget
{
    private static readonly HeadLimits[] Limits =
    [
        new(),
        new() { MaxBytes = 128, MaxHeaders = 4, MaxTargetBytes = 16 },
        new() { MaxBytes = 512, MaxHeaders = 2 },
        new() { MaxBytes = 1000, MaxHeaders = 100, MaxTargetBytes = 1 },
    ];

    private static readonly HandshakeOptions[] Options =
    [
        new(),
        new()
        {
            Origins = new OriginPolicy(
                ["https://example.com", "https://*.example.com:8443", "null"], allowMissing: false),
            Hosts = new HostPolicy(["example.com", "*.example.com", "[::1]:8080"]),
            Subprotocols = ["switchboard.v1.json", "chat"],
            OnSubprotocolMismatch = SubprotocolMismatch.AcceptWithout,
            MinServerWindowBits = 15,
        },
    ];

    private readonly byte[] _buffer;
    private readonly ArrayBufferWriter<byte> _output = new();

    public HandshakeTarget() => _buffer = new byte[MaxInput];

    public string Name => "handshake";

    public int Weight => 15;

    public int MaxInput => 1536;

    // Each of its pieces may become a segment here, and each of its parts a string, there and in the model.
    public long MaxAllocation => 256 * MaxInput;

    public IEnumerable<byte[]> Seeds => HandshakeSeeds.All;

    public IReadOnlyList<byte[]> Dictionary => HandshakeSeeds.Dictionary;

    public void Run(ReadOnlySpan<byte> input, Trace trace)
    {
        if (input.Length < HandshakeSeeds.SetUp)
        {
            return;
        }

        HeadLimits limits = Limits[(input[0] >> 1) & 3];
        ReadOnlySpan<byte> head = input[HandshakeSeeds.SetUp..];
        head.CopyTo(_buffer);
        ReadOnlyMemory<byte> bytes = _buffer.AsMemory(0, head.Length);
        trace.Note(1, input[0] & 15, head.IsEmpty ? 0 : 2 + "\r\n :\t"u8.IndexOf(head[^1]));
        if ((input[0] & 1) == 0)
        {
            Request(bytes, limits, Options[(input[0] >> 3) & 1], input[1], trace);
        }
        else
        {
            Response(bytes, limits, input[1], trace);
        }
    }

    public int Mutate(ReadOnlySpan<byte> input, Span<byte> output, Prng random) =>
        HandshakeMutator.Mutate(input, output, random);

    private void Request(
        ReadOnlyMemory<byte> bytes, HeadLimits limits, HandshakeOptions options, byte choice, Trace trace)
    {
        var whole = new ReadOnlySequence<byte>(bytes);
        RequestHeadResult result = new RequestHeadParser().Parse(whole, limits);
        PeekStatus peeked = RequestLinePeek.Peek(whole, limits, out ReadOnlySpan<byte> path);
        var parser = default(RequestHeadParser);
        RequestHeadResult split = default;
        PeekStatus peekedSplit = PeekStatus.NeedMore;
        foreach (ReadOnlySequence<byte> prefix in Prefixes(bytes, choice))
        {
            if (peekedSplit == PeekStatus.NeedMore)
            {
                peekedSplit = RequestLinePeek.Peek(prefix, limits, out _);
            }

            split = parser.Parse(prefix, limits);
            if (split.Status != HeadParseStatus.NeedMore)
            {
                break;
            }
        }

        Unless(split.Status == result.Status, "the verdict depends on how the head is cut");
        Unless(split.Refusal?.Text == result.Refusal?.Text, "the refusal depends on how the head is cut");
        Unless(result.IsViolation || peekedSplit == peeked, "the peek depends on how the head is cut");
        trace.Note(2, (int)peeked, (int)result.Status);
        Unless(result.Status != HeadParseStatus.NeedMore || bytes.Length < limits.MaxBytes, "waits beyond the limit");
        if (result.IsViolation)
        {
            CheckRefusal(result.Refusal, trace);
        }
        else if (result.IsDone)
        {
            Unless(split.Head!.Length == result.Head.Length, "the length depends on how the head is cut");
            Unless(
                result.Head.Method != "GET"
                    || (peeked == PeekStatus.Path && Encoding.Latin1.GetString(path) == result.Head.RawPath),
                "the peeked path differs");
            HandshakeModel.Compare(bytes.Span, result.Head, limits);
            trace.Note(7, Trace.Magnitude(result.Head.Length), result.Head.RawQuery.Length == 0 ? 0 : 1);
            trace.Note(8, result.Head.Host.Host[0] == '[' ? 1 : 0, result.Head.Host.Port is null ? 0 : 1);
            Evaluate(result.Head, options, trace);
        }
    }

    private void Evaluate(RequestHead head, HandshakeOptions options, Trace trace)
    {
        _ = head.TryGetQueryParameter("user", out _);
        HandshakeResult result = ServerHandshake.Evaluate(head, options);
        if (!result.IsAccepted)
        {
            CheckRefusal(result.Refusal, trace);
            return;
        }

        HandshakeAcceptance acceptance = result.Acceptance;
        HandshakeModel.CheckAcceptable(head);
        Unless(
            acceptance.Subprotocol is null || options.Subprotocols.Contains(acceptance.Subprotocol),
            "a subprotocol that is not supported");
        Unless(
            acceptance.Deflate is not { } deflate
                || (deflate.ServerMaxWindowBits >= options.MinServerWindowBits && deflate.ServerMaxWindowBits <= 15
                    && deflate.ClientMaxWindowBits is >= 8 and <= 15),
            "windows out of bounds");
        _output.ResetWrittenCount();
        HandshakeResponse.Write(_output, acceptance);
        HandshakeModel.CheckResponse(_output.WrittenSpan, 101);
        trace.Note(3, acceptance.Subprotocol?.Length ?? 0, acceptance.Deflate is null ? 0 : 1);
        if (acceptance.Deflate is { } agreed)
        {
            int takeover = (agreed.ServerNoContextTakeover ? 1 : 0) | (agreed.ClientNoContextTakeover ? 2 : 0);
            trace.Note(4, (agreed.ServerMaxWindowBits << 4) | agreed.ClientMaxWindowBits, takeover);
        }
    }

    private void CheckRefusal(HandshakeRefusal refusal, Trace trace)
    {
        _output.ResetWrittenCount();
        HandshakeResponse.Write(_output, refusal);
        HandshakeModel.CheckResponse(_output.WrittenSpan, refusal.StatusCode);
        int hash = refusal.Text.Aggregate(0, (sum, letter) => unchecked((sum * 31) + letter));
        trace.Note(5, refusal.StatusCode, hash & 0xFFF);
    }

    private static void Response(ReadOnlyMemory<byte> bytes, HeadLimits limits, byte choice, Trace trace)
    {
        var options = new ClientHandshakeOptions
        {
            Host = "example.com", Subprotocols = ["switchboard.v1.json", "chat"], Limits = limits,
        };
        var client = new ClientHandshake(options, HandshakeSeeds.Nonce);
        ClientHandshakeResult whole = client.ReadResponse(new ReadOnlySequence<byte>(bytes));
        client = new ClientHandshake(options, HandshakeSeeds.Nonce);
        ClientHandshakeResult? split = null;
        foreach (ReadOnlySequence<byte> prefix in Prefixes(bytes, choice))
        {
            split = client.ReadResponse(prefix);
            if (split.Status != HeadParseStatus.NeedMore)
            {
                break;
            }
        }

        Unless(
            split!.Status == whole.Status && split.Error == whole.Error && split.Consumed == whole.Consumed,
            "the verdict on a response depends on how it is cut");
        if (whole.Status == HeadParseStatus.Done)
        {
            ResponseHead head = whole.Head!;
            Unless(
                head.StatusCode == 101 && head.Header("sec-websocket-accept") == HandshakeSeeds.Accept,
                "accepts what is no acceptance");
        }

        int hash = (whole.Error ?? "").Aggregate(0, (sum, letter) => unchecked((sum * 31) + letter));
        int agreed = (whole.Subprotocol is null ? 0 : 4) | (whole.Deflate is null ? 0 : 8);
        trace.Note(6, (int)whole.Status | agreed, hash & 0xFFF);
    }

    // The head as it arrives: in one array that fills up, or in segments.
    private static IEnumerable<ReadOnlySequence<byte>> Prefixes(ReadOnlyMemory<byte> bytes, byte choice)
    {
        var chunks = new Chunks(choice);
        var first = new Segment(default);
        Segment last = first;
        int length = 0;
        do
        {
            int start = length;
            length += chunks.Next(bytes.Length - start);
            if ((choice & 4) != 0)
            {
                yield return new ReadOnlySequence<byte>(bytes[..length]);
                continue;
            }

            last = last.Append(bytes[start..length]);
            yield return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
        }
        while (length < bytes.Length);
    }
}
