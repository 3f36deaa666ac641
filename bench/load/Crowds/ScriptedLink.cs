using System.Text;
using Switchboard.Load.Dialects;
using Switchboard.Load.Sockets;
using Switchboard.Load.WebSockets;

namespace Switchboard.Load.Crowds;

/// <summary>A link that goes through its greeting, says that it is ready, and from then on gets records.</summary>
internal class ScriptedLink : WebSocketLink
{
    private readonly Greeting _greeting;
    private readonly Action _ready;
    private int _step;

    public ScriptedLink(Loop loop, Greeting greeting, Action ready, int receiveBuffer = 0)
        : base(loop, greeting.Url, greeting.Subprotocol, receiveBuffer)
    {
        _greeting = greeting;
        _ready = ready;
    }

    /// <summary>A record after the greeting. The span dies with the call.</summary>
    protected virtual void OnRecord(ReadOnlySpan<byte> record)
    {
    }

    protected sealed override void OnOpened() => Advance();

    protected sealed override void OnMessage(ReadOnlySpan<byte> message)
    {
        if (_greeting.Separator is not { } separator)
        {
            Dispatch(message);
            return;
        }

        while (!message.IsEmpty)
        {
            var end = message.IndexOf(separator);
            if (end < 0)
            {
                throw new LoadException("a message ends in the middle of a record");
            }

            Dispatch(message[..end]);
            message = message[(end + 1)..];
        }
    }

    private void Dispatch(ReadOnlySpan<byte> record)
    {
        if (_step >= _greeting.Steps.Length)
        {
            OnRecord(record);
        }
        else if (record.IndexOf("\"error\""u8) >= 0)
        {
            throw new LoadException($"the server refused: {Encoding.UTF8.GetString(record)}");
        }
        else if (record.IndexOf(_greeting.Steps[_step].Expect) >= 0)
        {
            _step++;
            Advance();
        }
    }

    private void Advance()
    {
        if (_step < _greeting.Steps.Length)
        {
            QueueMessage(_greeting.Steps[_step].Send);
        }
        else
        {
            _ready();
        }
    }
}
