using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Switchboard.Client.Session;
using Switchboard.Client.Wire;

namespace Switchboard.Client.Running;

/// <summary>Writes messages and hands them to the session. What is sent over and over allocates nothing.</summary>
internal sealed class MessageSending
{
    private readonly SessionCore _session;
    private readonly MessageCommands _commands;
    private readonly PublishPool _pool = new();
    private readonly Action<PendingPublish, CancellationToken> _cancel;

    public MessageSending(SessionCore session, string keys)
    {
        _session = session;
        _commands = new MessageCommands(keys);
        _cancel = Cancel;
    }

    public ValueTask<Position> SendAsync<T>(
        in Receiver to, T value, JsonTypeInfo<T> type, PublishOptions? options, CancellationToken cancellationToken)
    {
        CommandWriter writer = CommandWriter.Rent();
        PendingPublish message = Begin(writer, to, options, isBinary: false, out Utf8JsonWriter json);
        json.WritePropertyName("data"u8);
        JsonSerializer.Serialize(json, value, type);
        return Finish(writer, message, cancellationToken);
    }

    public ValueTask<Position> SendAsync(
        in Receiver to, string text, PublishOptions? options, CancellationToken cancellationToken)
    {
        CommandWriter writer = CommandWriter.Rent();
        PendingPublish message = Begin(writer, to, options, isBinary: false, out Utf8JsonWriter json);
        json.WriteString("data"u8, text);
        return Finish(writer, message, cancellationToken);
    }

    /// <exception cref="JsonException">It is not one JSON value.</exception>
    public ValueTask<Position> SendJsonAsync(
        in Receiver to, ReadOnlySpan<byte> utf8Json, PublishOptions? options, CancellationToken cancellationToken)
    {
        CommandWriter writer = CommandWriter.Rent();
        PendingPublish message = Begin(writer, to, options, isBinary: false, out Utf8JsonWriter json);
        json.WritePropertyName("data"u8);
        json.WriteRawValue(utf8Json);
        return Finish(writer, message, cancellationToken);
    }

    public ValueTask<Position> SendBytesAsync(
        in Receiver to, ReadOnlySpan<byte> bytes, PublishOptions? options, CancellationToken cancellationToken)
    {
        CommandWriter writer = CommandWriter.Rent();
        PendingPublish message = Begin(writer, to, options, isBinary: true, out _);
        writer.End();
        writer.Return();
        message.Body.Write(bytes);
        return Send(message, cancellationToken);
    }

    private PendingPublish Begin(
        CommandWriter writer, in Receiver to, PublishOptions? options, bool isBinary, out Utf8JsonWriter json)
    {
        options ??= PublishOptions.Default;
        if (options.Delivery == Delivery.Latest == string.IsNullOrEmpty(options.Slot))
        {
            throw new ArgumentException("a slot goes with the delivery Latest, and only with that", nameof(options));
        }

        if (options is { Delivery: Delivery.Volatile, Key: not null })
        {
            throw new ArgumentException("a volatile message can't have a key", nameof(options));
        }

        PendingPublish message = _pool.Rent();
        message.Begin(to.Room, to.Name, options, isBinary);
        message.Id = _session.NextId();
        json = _commands.Begin(writer, message, to, options);
        return message;
    }

    private ValueTask<Position> Finish(CommandWriter writer, PendingPublish message, CancellationToken cancellationToken)
    {
        writer.End();
        writer.Return();
        return Send(message, cancellationToken);
    }

    private ValueTask<Position> Send(PendingPublish message, CancellationToken cancellationToken)
    {
        ValueTask<Position> task = message.Task;
        if (cancellationToken.CanBeCanceled)
        {
            cancellationToken.ThrowIfCancellationRequested();
            message.CancelWith(_cancel, cancellationToken);
        }

        try
        {
            _session.Publish(message);
        }
        catch (SwitchboardException e)
        {
            message.Fail(e);
            return task;
        }

        if (cancellationToken.IsCancellationRequested)
        {
            // It may have been canceled before the session had it.
            Cancel(message, cancellationToken);
        }

        return task;
    }

    private void Cancel(PendingPublish message, CancellationToken canceled)
    {
        if (_session.TryRemove(message))
        {
            message.Fail(new OperationCanceledException(canceled));
        }
    }
}
