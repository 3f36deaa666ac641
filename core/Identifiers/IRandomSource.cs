namespace Switchboard.Core.Identifiers;

/// <summary>Where ids, epochs and secrets come from; injected, so that a test can repeat a run.</summary>
public interface IRandomSource
{
    /// <summary>Fills all of <paramref name="destination"/>. May be called by several threads at once.</summary>
    void Fill(Span<byte> destination);
}
