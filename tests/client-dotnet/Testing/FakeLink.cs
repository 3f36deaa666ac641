using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Switchboard.Client.Session;
using Switchboard.Client.Transports;
using Switchboard.Client.Wire;

namespace Switchboard.Client.Tests.Testing;

/// <summary>A link whose other end a test plays.</summary>
internal sealed class FakeLink(Action<FakeLink, string>? answer) : ILink
{
    private readonly Channel<byte[]> _events = Channel.CreateUnbounded<byte[]>();
    private readonly Channel<string> _commands = Channel.CreateUnbounded<string>();
    private LinkEnd? _end;

    public bool TakesConnect => true;

    public bool NeedsHeartbeat => true;

    public int MaxCommands => 100;

    /// <summary>Whether the client has said goodbye.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>Whether the client has broken off.</summary>
    public bool IsAborted { get; private set; }

    public async Task<LinkEnd> ReceiveAsync(ILinkReceiver receiver)
    {
        try
        {
            await foreach (byte[] message in _events.Reader.ReadAllAsync())
            {
                await receiver.OnEventAsync(message, isBinary: false);
            }

            return _end!;
        }
        catch (JsonException e)
        {
            return new LinkEnd(LinkEnd.Abnormal, e.Message);
        }
    }

    public ValueTask SendAsync(OutgoingBatch batch)
    {
        for (int i = 0; i < batch.Count; i++)
        {
            string command = Encoding.UTF8.GetString(batch[i].Bytes.Span);
            if (answer is null)
            {
                _commands.Writer.TryWrite(command);
            }
            else
            {
                answer(this, command);
            }
        }

        return default;
    }

    public ValueTask CloseAsync(CancellationToken cancellationToken)
    {
        IsClosed = true;
        End(1000);
        return default;
    }

    public void Abort()
    {
        IsAborted = true;
        End(LinkEnd.Abnormal);
    }

    public ValueTask DisposeAsync() => default;

    /// <summary>Gives the client an event, in which apostrophes stand for quotation marks.</summary>
    public void Give(string json) => _events.Writer.TryWrite(Encoding.UTF8.GetBytes(json.Replace('\'', '"')));

    /// <summary>Ends it.</summary>
    public void End(int code, string reason = "ended")
    {
        Interlocked.CompareExchange(ref _end, new LinkEnd(code, reason), null);
        _events.Writer.TryComplete();
    }

    /// <summary>The client's next command, which must be of a type.</summary>
    public async Task<JsonElement> ExpectAsync(string type)
    {
        string command = await _commands.Reader.ReadAsync().WithinAsync($"the command {type}");
        JsonElement json = JsonDocument.Parse(command).RootElement;
        Assert.True(json.GetProperty("type").GetString() == type, $"expected {type}, not {command}");
        return json;
    }

    /// <summary>Nothing was sent that was not expected.</summary>
    public void ExpectNothing() => Assert.False(_commands.Reader.TryRead(out string? command), $"not expected: {command}");

    /// <summary>Welcomes the client.</summary>
    public async Task<JsonElement> WelcomeAsync(bool resumed = false, string rooms = "", string user = "", string limits = "")
    {
        JsonElement connect = await ExpectAsync("connect");
        GiveWelcome(connect.GetProperty("id").GetInt64(), resumed, rooms, user, limits);
        return connect;
    }

    /// <summary>The answer to a connect.</summary>
    public void GiveWelcome(long id, bool resumed = false, string rooms = "", string user = "", string limits = "") => Give(
        $$$"""
        {'type':'welcome','id':{{{id}}},'connection':'c-1','user':'ann','resume':'t-1','resumed':{{{(resumed ? "true" : "false")}}},
        'positions':{'user':{{{(user.Length > 0 ? user : "{'epoch':'00000000000000aa','offset':5}")}}},
        'connection':{'epoch':'00000000000000bb','offset':0}},'rooms':{ {{{rooms}}} },
        'heartbeat':{'interval':15,'timeout':40},'limits':{ {{{(limits.Length > 0 ? limits : "'message':1000")}}} }}
        """);

    /// <summary>Lets the client join a room.</summary>
    public async Task<JsonElement> JoinedAsync(string room, string rest = "")
    {
        JsonElement join = await ExpectAsync("join");
        Assert.Equal(room, join.GetProperty("room").GetString());
        Give($$"""{'type':'joined','id':{{join.GetProperty("id").GetInt64()}},'room':'{{room}}','epoch':'00000000000000cc','offset':10{{rest}}}""");
        return join;
    }

    /// <summary>Answers a publish.</summary>
    public void Published(JsonElement publish, long offset) => Give(
        $$"""{'type':'published','id':{{publish.GetProperty("id").GetInt64()}},'room':'r','epoch':'00000000000000cc','offset':{{offset}}}""");

    /// <summary>Refuses a command.</summary>
    public void Error(JsonElement command, string code, string rest = "") => Give(
        $$"""{'type':'error','id':{{command.GetProperty("id").GetInt64()}},'code':'{{code}}','message':'no'{{rest}}}""");

    /// <summary>Gives a message of the room r.</summary>
    public void Message(long offset, string data = "1") => Give(
        $$"""{'type':'message','room':'r','offset':{{offset}},'from':{'user':'bob','connection':'c-2'},'time':1767225600000,'data':{{data}}}""");
}
