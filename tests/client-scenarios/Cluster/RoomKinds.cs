namespace Switchboard.ClientScenarios.Tests.Cluster;

/// <summary>The kinds of rooms that the scenarios talk in, by what their names begin with.</summary>
internal static class RoomKinds
{
    /// <summary>Kept in PostgreSQL: survives everything.</summary>
    public const string Durable = "durable:";

    /// <summary>Kept in the memory of a silo.</summary>
    public const string Memory = "memory:";

    /// <summary>In memory, and so short that who is away for a moment has missed something.</summary>
    public const string Short = "short:";

    /// <summary>How many messages a short room keeps.</summary>
    public const int ShortHistory = 5;

    /// <summary>The arguments that tell silos and edges.</summary>
    public static string[] Settings { get; } =
    [
        "--Switchboard:Backplane:Connections:Grace=00:00:30",
        $"--Switchboard:Backplane:Rooms:Kinds:0:Pattern={Durable}*",
        "--Switchboard:Backplane:Rooms:Kinds:0:Options:Durable=true",
        "--Switchboard:Backplane:Rooms:Kinds:0:Options:Feed:MaxCount=10000",
        $"--Switchboard:Backplane:Rooms:Kinds:1:Pattern={Memory}*",
        "--Switchboard:Backplane:Rooms:Kinds:1:Options:Feed:MaxCount=10000",
        $"--Switchboard:Backplane:Rooms:Kinds:2:Pattern={Short}*",
        $"--Switchboard:Backplane:Rooms:Kinds:2:Options:Feed:MaxCount={ShortHistory}",
    ];
}
