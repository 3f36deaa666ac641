using Switchboard.Protocol.Deflate;

namespace Switchboard.Protocol.Tests.Framing;

/// <summary>One inflater, as a connection with or without context takeover has it; counts where it is.</summary>
internal sealed class CountingSource(bool contextTakeover = false) : IInflaterSource, IDisposable
{
    private readonly MessageInflater _inflater = new(contextTakeover);

    /// <summary>How many messages it was rented for.</summary>
    public int Rents { get; private set; }

    /// <summary>Whether it is rented.</summary>
    public bool IsOut { get; private set; }

    public MessageInflater Rent()
    {
        Assert.False(IsOut);
        IsOut = true;
        Rents++;
        return _inflater;
    }

    public void Return(MessageInflater inflater)
    {
        Assert.True(IsOut);
        Assert.Same(_inflater, inflater);
        IsOut = false;
        if (!contextTakeover)
        {
            inflater.Reset();
        }
    }

    public void Dispose() => _inflater.Dispose();
}
