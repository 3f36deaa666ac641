namespace Switchboard.ClientScenarios.Tests.Acting;

/// <summary>What a client may be told to have lost.</summary>
internal enum Losses
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Anything, as long as it is told.</summary>
    Told,
}
