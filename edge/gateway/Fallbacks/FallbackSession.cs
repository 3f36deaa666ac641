using Switchboard.Core.Identifiers;
using Switchboard.Gateway.Sessions;
using Switchboard.Gateway.WebSockets;
using Switchboard.Protocol.Envelope;
using Switchboard.Protocol.Envelope.Commands;
using Switchboard.Protocol.Envelope.Events;
using Switchboard.Protocol.Envelope.Fallbacks;
using Switchboard.Protocol.Framing;

namespace Switchboard.Gateway.Fallbacks;

/// <summary>A session without a socket: whoever serves its request hands it the commands, one after another.</summary>
internal class FallbackSession(
    WebSocketConnection connection, SessionServices services, UserName user, IEnvelopeCodec codec)
    : ClientSession(connection, services, user, codec, deflate: null)
{
    private TaskCompletionSource? _settled;

    /// <summary>The answer to connect; null where there is none yet.</summary>
    public WelcomeEvent? Welcomed { get; private set; }

    public override void OnWelcome(WelcomeEvent welcome) => Welcomed = welcome;

    public override void OnSettled() => Volatile.Read(ref _settled)?.TrySetResult();

    /// <summary>Carries out a command; what waits for the backplane may be answered later.</summary>
    public async ValueTask CarryOutAsync(FallbackCommand command)
    {
        // As on a socket: what comes after the close is discarded.
        if (Connection.IsClosing)
        {
            return;
        }

        try
        {
            await OnMessageAsync(command.Message.Span, command.Frame == FrameKind.Binary);
        }
        catch (Exception e)
        {
            Connection.Fail(e);
        }

        Connection.Outbound.Flush();
    }

    /// <summary>Answers a command that is not carried out, because no more answers fit.</summary>
    public void Refuse(FallbackCommand command)
    {
        Span<byte> scratch = stackalloc byte[EnvelopeLimits.ScratchBytes];
        bool decoded = Writer.Codec.TryDecode(
            command.Message.Span, command.Frame, scratch, out Command read, out ErrorEvent error);
        WriteError(decoded
            ? new ErrorEvent(read.Id, ErrorCodes.Unavailable, "not carried out, as the answer was full; send it again", Retry: true)
            : error);
        Connection.Outbound.Flush();
    }

    /// <summary>Completes when every command that was carried out is answered. After the last of them.</summary>
    public Task SettledAsync()
    {
        TaskCompletionSource settled = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Interlocked.Exchange(ref _settled, settled);
        if (Volatile.Read(ref InFlight) == 0)
        {
            settled.TrySetResult();
        }

        return settled.Task;
    }

    /// <summary>Puts a mark behind everything that was sent so far.</summary>
    public void Mark()
    {
        Connection.Outbound.Send(Opcode.Ping, []);
        Connection.Outbound.Flush();
    }
}
