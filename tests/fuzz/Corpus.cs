using System.Security.Cryptography;

namespace Switchboard.Fuzz;

/// <summary>The inputs that showed something new, and the features that they have shown.</summary>
internal sealed class Corpus
{
    private readonly bool[] _known = new bool[Trace.Features];
    private readonly List<byte[]> _inputs = [];

    public IReadOnlyList<byte[]> Inputs => _inputs;

    public int FeatureCount { get; private set; }

    /// <summary>Reads the inputs that were kept, in the order of their names.</summary>
    public static IEnumerable<byte[]> Load(string folder) =>
        Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal).Select(File.ReadAllBytes)
            : [];

    /// <summary>Makes the folder hold exactly these inputs, each named by its hash.</summary>
    public static void Save(string folder, IEnumerable<byte[]> inputs)
    {
        Directory.CreateDirectory(folder);
        foreach (string file in Directory.EnumerateFiles(folder))
        {
            File.Delete(file);
        }

        foreach (byte[] input in inputs)
        {
            File.WriteAllBytes(Path.Combine(folder, NameOf(input)), input);
        }
    }

    public static string NameOf(ReadOnlySpan<byte> input) =>
        Convert.ToHexStringLower(SHA256.HashData(input).AsSpan(0, 8));

    /// <summary>Which features of a run no input has shown yet.</summary>
    public bool TryFindNew(ReadOnlySpan<int> features, out int[] found)
    {
        foreach (int feature in features)
        {
            if (!_known[feature])
            {
                found = [.. features.ToArray().Where(f => !_known[f]).Distinct()];
                return true;
            }
        }

        found = [];
        return false;
    }

    public void Add(byte[] input, IEnumerable<int> features)
    {
        _inputs.Add(input);
        foreach (int feature in features)
        {
            FeatureCount += _known[feature] ? 0 : 1;
            _known[feature] = true;
        }
    }
}
