using Switchboard.Core.Identifiers;

namespace Switchboard.Core.Rooms;

/// <summary>The kinds of rooms there are: the first whose pattern matches a room's name is the room's kind.</summary>
public sealed class RoomKinds
{
    /// <summary>For rooms that no pattern matches.</summary>
    public RoomOptions Default { get; set; } = new();

    /// <summary>Kinds in the order in which they are tried.</summary>
    public List<RoomKind> Kinds { get; set; } = [];

    /// <summary>The options of a room.</summary>
    public RoomOptions For(RoomName room)
    {
        foreach (RoomKind kind in Kinds)
        {
            if (NamePattern.Matches(kind.Pattern, room.Value))
            {
                return kind.Options;
            }
        }

        return Default;
    }

    /// <summary>Says what is wrong, one message a field; nothing where all is well.</summary>
    public IEnumerable<string> Validate()
    {
        foreach (string problem in Default.Validate())
        {
            yield return $"{nameof(Default)}.{problem}";
        }

        var seen = new HashSet<string>();
        for (int i = 0; i < Kinds.Count; i++)
        {
            string label = $"{nameof(Kinds)}[{i}]";
            if (string.IsNullOrEmpty(Kinds[i].Pattern))
            {
                yield return $"{label}.{nameof(RoomKind.Pattern)} must not be empty";
            }
            else if (!seen.Add(Kinds[i].Pattern))
            {
                yield return $"{label}.{nameof(RoomKind.Pattern)} '{Kinds[i].Pattern}' stands there twice";
            }

            foreach (string problem in Kinds[i].Options.Validate())
            {
                yield return $"{label}.{nameof(RoomKind.Options)}.{problem}";
            }
        }
    }
}
