namespace Switchboard.Fuzz;

/// <summary>Makes inputs shorter, and sets of them smaller, without losing what they show.</summary>
internal static class Reducer
{
    private const int MostTrials = 2000;

    /// <summary>Leaves out pieces, from halves down to bytes, for as long as the rest still shows the same.</summary>
    public static byte[] Shorten(byte[] input, Predicate<byte[]> showsTheSame)
    {
        int trials = 0;
        for (int piece = Math.Max(input.Length / 2, 1); piece > 0; piece /= 2)
        {
            for (int at = 0; at + piece <= input.Length && trials < MostTrials;)
            {
                byte[] candidate = [.. input.AsSpan(0, at), .. input.AsSpan(at + piece)];
                trials++;
                if (showsTheSame(candidate))
                {
                    input = candidate;
                }
                else
                {
                    at += piece;
                }
            }
        }

        return input;
    }

    /// <summary>Chooses inputs, shortest first, that show every feature that all together show.</summary>
    public static IReadOnlyList<byte[]> Cover(IEnumerable<byte[]> inputs, Func<byte[], HashSet<int>> featuresOf)
    {
        HashSet<int> shown = [];
        List<byte[]> chosen = [];
        foreach (byte[] input in inputs.OrderBy(input => input.Length))
        {
            int before = shown.Count;
            shown.UnionWith(featuresOf(input));
            if (shown.Count > before)
            {
                chosen.Add(input);
            }
        }

        return chosen;
    }
}
