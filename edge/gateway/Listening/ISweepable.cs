namespace Switchboard.Gateway.Listening;

/// <summary>Something with time-outs, looked at from time to time in place of a timer of its own.</summary>
internal interface ISweepable
{
    /// <param name="now">Milliseconds of the gateway's clock.</param>
    void Sweep(long now);
}
