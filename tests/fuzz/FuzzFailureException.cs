namespace Switchboard.Fuzz;

/// <summary>A target broke its contract.</summary>
internal sealed class FuzzFailureException(string message) : Exception(message)
{
    public static void Unless(bool holds, string message)
    {
        if (!holds)
        {
            throw new FuzzFailureException(message);
        }
    }
}
