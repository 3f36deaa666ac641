using System.Text;
using System.Text.Unicode;
using Switchboard.Protocol.Envelope.Fallbacks;

namespace Switchboard.Protocol.Envelope.Json;

/// <summary>Reads the body of a request of the HTTP fallbacks. It may allocate: in proportion to what was sent.</summary>
internal ref struct FallbackDecoder
{
    private readonly ReadOnlyMemory<byte> _body;
    private readonly int _maxCommands;
    private JsonToken? _resume;
    private JsonToken? _positions;
    private JsonToken? _presence;
    private JsonToken? _commands;
    private JsonToken? _wait;
    private JsonToken? _sequence;
    private JsonToken? _close;
    private JsonToken? _turn;
    private string? _problem;

    private FallbackDecoder(ReadOnlyMemory<byte> body, int maxCommands)
    {
        _body = body;
        _maxCommands = maxCommands;
    }

    private readonly ReadOnlySpan<byte> Text => _body.Span;

    public static bool TryDecode(
        ReadOnlyMemory<byte> body, int maxCommands, out FallbackRequest? request, out string? problem)
    {
        var decoder = new FallbackDecoder(body, maxCommands);
        request = decoder.Scan() ? decoder.Decode() : null;
        problem = decoder._problem;
        request = problem is null ? request : null;
        return problem is null;
    }

    private bool Scan()
    {
        if (!Utf8.IsValid(Text))
        {
            return Fail("The body is not UTF-8.");
        }

        Span<byte> scratch = stackalloc byte[EnvelopeLimits.ScratchBytes];
        var members = new JsonObjectReader(Text, EnvelopeLimits.MessageDepth);
        while (_problem is null && members.TryNext(out JsonToken name, out JsonToken value))
        {
            ReadOnlySpan<byte> member = JsonValues.ReadWord(name, Text, scratch);
            _ = member switch
            {
                _ when member.SequenceEqual("resume"u8) => Keep(ref _resume, value, "resume", JsonKind.String),
                _ when member.SequenceEqual("positions"u8) => Keep(ref _positions, value, "positions", JsonKind.Object),
                _ when member.SequenceEqual("presence"u8) => Keep(ref _presence, value, "presence", JsonKind.Object),
                _ when member.SequenceEqual("commands"u8) => Keep(ref _commands, value, "commands", JsonKind.Array),
                _ when member.SequenceEqual("wait"u8) => Keep(ref _wait, value, "wait", JsonKind.Number),
                _ when member.SequenceEqual("seq"u8) => Keep(ref _sequence, value, "seq", JsonKind.Number),
                _ when member.SequenceEqual("turn"u8) => Keep(ref _turn, value, "turn", JsonKind.Number),
                _ when member.SequenceEqual("close"u8) => Keep(ref _close, value, "close", null),
                _ => true,
            };
        }

        return members.Fault switch
        {
            JsonFault.Depth => Fail($"The body nests deeper than {EnvelopeLimits.MessageDepth} levels."),
            JsonFault.Syntax => Fail($"The body is not one JSON object: fault at byte {members.At}."),
            _ => _problem is null,
        };
    }

    private FallbackRequest Decode() => new()
    {
        Resume = ReadToken(),
        Connect = WriteConnect(),
        Commands = ReadCommands(),
        Rooms = ReadRooms(),
        Presence = ReadPresence(),
        Wait = (int)ReadInteger(_wait, "wait", 0, int.MaxValue),
        Sequence = ReadInteger(_sequence, "seq", 1, EnvelopeLimits.MaxInteger),
        Close = ReadClose(),
    };

    private bool Keep(ref JsonToken? field, in JsonToken value, string name, JsonKind? kind)
    {
        if (field is not null)
        {
            return Fail($"The field {name} is given twice.");
        }

        field = value;
        return kind is null || value.Kind == kind || Fail($"The field {name} must be {Describe(kind)}.");
    }

    private static string Describe(JsonKind? kind) => kind switch
    {
        JsonKind.String => "a string",
        JsonKind.Object => "an object",
        JsonKind.Array => "an array",
        _ => "an integer",
    };

    private string? ReadToken()
    {
        if (_resume is not { } token)
        {
            return null;
        }

        Span<byte> scratch = stackalloc byte[EnvelopeLimits.ResumeTokenBytes];
        string? problem = JsonValues.ReadName(
            token, Text, EnvelopeLimits.ResumeTokenBytes, scratch, out ReadOnlySpan<byte> resume, out _);
        if (problem is null)
        {
            return Encoding.UTF8.GetString(resume);
        }

        Fail($"The field resume {problem}.");
        return null;
    }

    // {"type":"connect"}, with what was sent of the fields that it has.
    private readonly byte[] WriteConnect()
    {
        using MemoryStream command = new();
        command.Write("{\"type\":\"connect\""u8);
        if (_resume is { } resume)
        {
            command.Write(",\"resume\":"u8);
            command.Write(resume.RawIn(Text));
        }

        if (_positions is { } positions)
        {
            command.Write(",\"positions\":"u8);
            command.Write(positions.RawIn(Text));
        }

        if (_turn is { } turn)
        {
            command.Write(",\"turn\":"u8);
            command.Write(turn.RawIn(Text));
        }

        command.Write("}"u8);
        return command.ToArray();
    }

    private List<FallbackCommand> ReadCommands()
    {
        List<FallbackCommand> commands = [];
        if (_commands is not { } array)
        {
            return commands;
        }

        // The grammar was checked with the body's.
        ReadOnlySpan<byte> text = array.RawIn(Text);
        var scanner = new JsonScanner(text);
        scanner.Step();
        byte next = scanner.SkipWhiteSpace();
        while (next != (byte)']')
        {
            scanner.TryRead(EnvelopeLimits.MessageDepth, out JsonToken command);
            if (commands.Count == _maxCommands)
            {
                Fail($"There are more than {_maxCommands} commands.");
                break;
            }

            commands.Add(Base64Command.Read(_body.Slice(array.Start + command.Start, command.Length)));
            next = scanner.SkipWhiteSpace();
            if (next == (byte)',')
            {
                scanner.Step();
                next = scanner.SkipWhiteSpace();
            }
        }

        return commands;
    }

    // The names alone: positions are connect's to judge, and whatever is wrong with them.
    private readonly HashSet<string> ReadRooms()
    {
        HashSet<string> rooms = [];
        Span<byte> scratch = stackalloc byte[EnvelopeLimits.ScratchBytes];
        ReadOnlySpan<byte> text = _positions is { } positions ? positions.RawIn(Text) : "{}"u8;
        var feeds = new JsonObjectReader(text, EnvelopeLimits.MessageDepth);
        while (feeds.TryNext(out JsonToken feed, out JsonToken value))
        {
            if (value.Kind != JsonKind.Object || !JsonValues.ReadWord(feed, text, scratch).SequenceEqual("rooms"u8))
            {
                continue;
            }

            ReadOnlySpan<byte> json = value.RawIn(text);
            var members = new JsonObjectReader(json, EnvelopeLimits.MessageDepth);
            while (members.TryNext(out JsonToken name, out _))
            {
                if (JsonValues.ReadName(name, json, EnvelopeLimits.NameBytes, scratch, out var room, out _) is null)
                {
                    rooms.Add(Encoding.UTF8.GetString(room));
                }
            }
        }

        return rooms;
    }

    private Dictionary<string, long> ReadPresence()
    {
        Dictionary<string, long> versions = [];
        if (_presence is not { } token)
        {
            return versions;
        }

        Span<byte> scratch = stackalloc byte[EnvelopeLimits.ScratchBytes];
        ReadOnlySpan<byte> text = token.RawIn(Text);
        var members = new JsonObjectReader(text, EnvelopeLimits.MessageDepth);
        while (members.TryNext(out JsonToken name, out JsonToken value))
        {
            if (JsonValues.ReadName(name, text, EnvelopeLimits.NameBytes, scratch, out var room, out _) is not null
                || !JsonValues.TryReadInteger(value, text, out long version)
                || !versions.TryAdd(Encoding.UTF8.GetString(room), version))
            {
                Fail("The field presence must hold a version, an integer, for each room's name, none of them twice.");
                break;
            }
        }

        return versions;
    }

    private long ReadInteger(JsonToken? token, string name, long from, long to)
    {
        if (token is not { } number)
        {
            return 0;
        }

        if (!JsonValues.TryReadInteger(number, Text, out long value) || value < from || value > to)
        {
            Fail($"The field {name} must be an integer from {from} to {to}.");
        }

        return value;
    }

    private bool ReadClose()
    {
        if (_close is { Kind: not (JsonKind.True or JsonKind.False) })
        {
            Fail("The field close must be true or false.");
        }

        return _close is { Kind: JsonKind.True };
    }

    private bool Fail(string problem)
    {
        _problem ??= problem;
        return false;
    }
}
