namespace Switchboard.Gateway.Tests.Testing;

/// <summary>JSON strings of an exact length, quotes included.</summary>
internal static class Payloads
{
    /// <summary>One that no compression makes much smaller; the same for the same seed.</summary>
    public static string Noise(int seed, int length)
    {
        const string Letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";
        return $"\"{new string(new Random(seed).GetItems<char>(Letters, length - 2))}\"";
    }

    public static string Dull(int length) => $"\"{new string('x', length - 2)}\"";
}
