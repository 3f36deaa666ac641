using Switchboard.Core.Feeds;

namespace Switchboard.Core.Rooms;

/// <summary>What a kind of rooms keeps, tells and allows.</summary>
public sealed class RoomOptions
{
    /// <summary>The rooms' history.</summary>
    public FeedOptions Feed { get; set; } = new();

    /// <summary>What the rooms tell of their members.</summary>
    public PresenceMode Presence { get; set; } = PresenceMode.Full;

    /// <summary>The most members, 1 to 1,000,000.</summary>
    public int MaxMembers { get; set; } = 10_000;

    /// <summary>The largest presence state, 0 to 65,536 bytes.</summary>
    public int MaxStateBytes { get; set; } = 1024;

    /// <summary>The largest payload, from 1 byte.</summary>
    public int MaxPayloadBytes { get; set; } = 64 * 1024;

    /// <summary>How long a room without members is kept at least, up to 7 days.</summary>
    public TimeSpan IdleTime { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>True when history outlives the process; it takes a backplane with a store.</summary>
    public bool Durable { get; set; }

    /// <summary>
    /// The type of the grain that has the say in these rooms, e.g. <c>arena</c>: it hears of members and of what they publish, and
    /// decides about that. Null for none. It takes a cluster whose silos have that grain.
    /// </summary>
    public string? Logic { get; set; }

    /// <summary>Says what is wrong, one message a field; nothing where all is well.</summary>
    public IEnumerable<string> Validate()
    {
        foreach (string problem in Feed.Validate())
        {
            yield return $"{nameof(Feed)}.{problem}";
        }

        if (!Enum.IsDefined(Presence))
        {
            yield return $"{nameof(Presence)} must be Off, Count or Full, but is {Presence}";
        }

        if (MaxMembers is < 1 or > 1_000_000)
        {
            yield return $"{nameof(MaxMembers)} must be 1 to 1000000, but is {MaxMembers}";
        }

        if (MaxStateBytes is < 0 or > 65_536)
        {
            yield return $"{nameof(MaxStateBytes)} must be 0 to 65536, but is {MaxStateBytes}";
        }

        if (Logic is not null && (Logic.Length == 0 || Logic.Any(static character => !char.IsAsciiLetterOrDigit(character) && character is not ('.' or '-' or '_'))))
        {
            yield return $"{nameof(Logic)} must be the type of a grain, of letters, digits, '.', '-' and '_', but is '{Logic}'";
        }

        if (MaxPayloadBytes < 1)
        {
            yield return $"{nameof(MaxPayloadBytes)} must be at least 1, but is {MaxPayloadBytes}";
        }

        if (IdleTime < TimeSpan.Zero || IdleTime > FeedOptions.Longest)
        {
            yield return $"{nameof(IdleTime)} must be 00:00:00 to {FeedOptions.Longest}, but is {IdleTime}";
        }
    }
}
