namespace Switchboard.Faults.Verifying;

/// <summary>The offsets behind <paramref name="After"/> up to <paramref name="Last"/>, which did not come.</summary>
internal readonly record struct Hole(long After, long Last, bool Told)
{
    public bool Has(long offset) => offset > After && offset <= Last;
}
