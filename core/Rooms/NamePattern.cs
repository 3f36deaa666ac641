namespace Switchboard.Core.Rooms;

/// <summary>Matches names against a pattern in which <c>*</c> stands for any characters, also none.</summary>
internal static class NamePattern
{
    public static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> name)
    {
        int star = pattern.IndexOf('*');
        if (star < 0)
        {
            return pattern.SequenceEqual(name);
        }

        if (!name.StartsWith(pattern[..star]))
        {
            return false;
        }

        name = name[star..];
        pattern = pattern[(star + 1)..];

        // The first place where a middle part fits is as good as any later one.
        while (pattern.IndexOf('*') is >= 0 and int next)
        {
            int found = name.IndexOf(pattern[..next]);
            if (found < 0)
            {
                return false;
            }

            name = name[(found + next)..];
            pattern = pattern[(next + 1)..];
        }

        return name.EndsWith(pattern);
    }
}
