using Switchboard.Client.Wire;

namespace Switchboard.Client.Session;

/// <summary>A command that was asked for and has not been answered yet.</summary>
internal abstract class Pending
{
    /// <summary>A time that does not come.</summary>
    public const long Never = long.MaxValue;

    public long Id { get; set; }

    /// <summary>Its turn among all; kept when it is sent again.</summary>
    public long Order { get; set; }

    /// <summary>When it fails, unless it is answered before.</summary>
    public long Deadline { get; set; } = Never;

    /// <summary>Not to be sent before.</summary>
    public long NotBefore { get; set; }

    /// <summary>How often it was refused for now.</summary>
    public int Refusals { get; set; }

    /// <summary>The room that it concerns, whose commands keep their order; null for none.</summary>
    public RoomSession? Room { get; protected set; }

    /// <summary>What goes out.</summary>
    public PooledBuffer Body { get; } = new(512);

    /// <summary>Whether that is a header's length, a header, and a payload.</summary>
    public bool IsBinary { get; protected set; }

    public PendingLinks InOrder;

    public PendingLinks InQueue;

    /// <summary>Whether it is sent again when the connection broke; else <see cref="OnBroken"/> settles it.</summary>
    public abstract bool IsSentAgain { get; }

    public abstract void Succeed(EventReader answer, ReadOnlyMemory<byte> raw);

    public abstract void Fail(Exception error);

    /// <summary>The connection broke before the answer came.</summary>
    public virtual void OnBroken()
    {
    }
}
