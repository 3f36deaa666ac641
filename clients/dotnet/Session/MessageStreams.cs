namespace Switchboard.Client.Session;

/// <summary>The streams that are open on one room.</summary>
internal sealed class MessageStreams
{
    private readonly Lock _gate = new();
    private MessageStream[] _open = [];

    public void Add(MessageStream stream)
    {
        lock (_gate)
        {
            _open = [.. _open, stream];
        }
    }

    public void Remove(MessageStream stream)
    {
        lock (_gate)
        {
            _open = [.. _open.Where(one => one != stream)];
        }
    }

    public bool IsEmpty => _open.Length == 0;

    public void Write(RoomMessage message)
    {
        foreach (MessageStream stream in _open)
        {
            stream.Write(message);
        }
    }

    public void Lose(Loss loss)
    {
        foreach (MessageStream stream in _open)
        {
            stream.Lose(loss);
        }
    }

    public void Complete()
    {
        foreach (MessageStream stream in _open)
        {
            stream.Complete();
        }
    }
}
