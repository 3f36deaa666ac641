namespace Switchboard.Core.Storage;

/// <summary>
/// The store can't be used. The message is one line that says why and what to do, and never holds a password.
/// </summary>
public sealed class StoreException : Exception
{
    /// <summary>With the line to show.</summary>
    public StoreException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
