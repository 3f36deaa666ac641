namespace Switchboard.Cli.Bench;

/// <summary>What a benchmark is about.</summary>
internal enum BenchPhase
{
    /// <summary>It makes its connections, and joins the rooms.</summary>
    Connecting,

    /// <summary>It publishes.</summary>
    Publishing,

    /// <summary>It waits for what is still on its way.</summary>
    Settling,

    /// <summary>It has its result.</summary>
    Done,
}
