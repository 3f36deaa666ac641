namespace Switchboard.Webhooks;

/// <summary>Says of one option that it is out of its bounds.</summary>
internal static class Bounds
{
    public static IEnumerable<string> Check(string name, long value, long from, long to)
    {
        if (value < from || value > to)
        {
            yield return $"{name} must be {from} to {to}, but is {value}";
        }
    }

    public static IEnumerable<string> Check(string name, TimeSpan value, TimeSpan from, TimeSpan to)
    {
        if (value < from || value > to)
        {
            yield return $"{name} must be {from} to {to}, but is {value}";
        }
    }
}
