using Switchboard.Protocol.Deflate;
using static Switchboard.Fuzz.FuzzFailureException;

namespace Switchboard.Fuzz.Targets;

/// <summary>Lends one inflater, and sees to it that it comes back.</summary>
internal sealed class LentInflater : IInflaterSource, IDisposable
{
    private readonly MessageInflater _inflater = new(contextTakeover: false);

    /// <summary>Whether it is lent.</summary>
    public bool IsOut { get; private set; }

    public MessageInflater Rent()
    {
        Unless(!IsOut, "a second inflater is rented");
        IsOut = true;
        return _inflater;
    }

    public void Return(MessageInflater inflater)
    {
        Unless(IsOut && ReferenceEquals(inflater, _inflater), "an inflater is returned that was not rented");
        IsOut = false;
        inflater.Reset();
    }

    public void Dispose() => _inflater.Dispose();
}
