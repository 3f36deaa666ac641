using System.Globalization;

namespace Switchboard.Client;

/// <summary>A place in a feed: everything up to and including it has been seen.</summary>
/// <remarks>The default value is no place, as of a <see cref="Delivery.Volatile"/> message.</remarks>
public readonly record struct Position
{
    internal Position(ulong epoch, long offset)
    {
        Life = epoch;
        Offset = offset;
    }

    /// <summary>A position that was kept somewhere.</summary>
    /// <param name="epoch">16 hexadecimal digits, as <see cref="Epoch"/> gives them.</param>
    /// <param name="offset">From 0, before the first message.</param>
    /// <exception cref="FormatException"><paramref name="epoch"/> is not 16 hexadecimal digits.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="offset"/> is negative.</exception>
    public Position(string epoch, long offset)
    {
        ArgumentNullException.ThrowIfNull(epoch);
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        if (epoch.Length != 16)
        {
            throw new FormatException($"an epoch has 16 hexadecimal digits, not {epoch.Length} characters");
        }

        Life = ulong.Parse(epoch, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        Offset = offset;
    }

    /// <summary>The life of the feed that the offset counts in, 16 hexadecimal digits. Another one: the feed began anew.</summary>
    public string Epoch => Life.ToString("x16", CultureInfo.InvariantCulture);

    /// <summary>Counts 1, 2, 3 …; 0 stands before the first message.</summary>
    public long Offset { get; }

    /// <summary>Whether this is no place at all.</summary>
    public bool IsNone => Life == 0 && Offset == 0;

    /// <summary>The epoch as a number.</summary>
    internal ulong Life { get; }

    /// <summary>Epoch and offset with a colon between.</summary>
    public override string ToString() => IsNone ? "none" : $"{Epoch}:{Offset.ToString(CultureInfo.InvariantCulture)}";
}
