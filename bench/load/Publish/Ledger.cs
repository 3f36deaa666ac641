namespace Switchboard.Load.Publish;

/// <summary>How many messages of one publisher were seen, and at which offsets. Two that saw the same in any order are
/// equal.</summary>
internal record struct Ledger(long Count, long Sum)
{
    /// <summary>Enters the message of that <paramref name="sequence"/>.</summary>
    public void Enter(long sequence, long offset)
    {
        Count++;

        // Two that changed places give another sum.
        Sum = unchecked(Sum + (offset * ((2 * sequence) + 1)));
    }
}
