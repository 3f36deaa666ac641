namespace Switchboard.Client.Wire;

/// <summary>The senders of messages, which come again and again. Begins anew when it is full.</summary>
internal sealed class SenderCache
{
    private const int Most = 1024;

    private readonly NameTable<MessageSender> _senders = new();

    /// <summary>The sender of a message; null where the server is.</summary>
    public MessageSender? Get(ReadOnlySpan<char> user, ReadOnlySpan<char> connection)
    {
        if (connection.IsEmpty)
        {
            return null;
        }

        // An id is of one connection, which is of one user.
        if (_senders.TryGetValue(connection, out MessageSender? known) && user.SequenceEqual(known.User))
        {
            return known;
        }

        if (_senders.Count >= Most)
        {
            _senders.Clear();
        }

        MessageSender sender = new(user.ToString(), connection.ToString());
        _senders.Set(sender.ConnectionId, sender);
        return sender;
    }
}
