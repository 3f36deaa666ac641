namespace Switchboard.Client.Transports;

/// <summary>Holds back what is written, so that many frames go out in one write.</summary>
internal interface ICork
{
    /// <summary>From now on.</summary>
    void Cork();

    /// <summary>Writes what was held back.</summary>
    ValueTask UncorkAsync();
}
