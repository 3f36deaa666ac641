using Switchboard.Client;

namespace Switchboard.Cli.Rooms;

/// <summary>Prints what comes in a room.</summary>
internal interface IMessageWriter
{
    void Write(RoomMessage message);

    void WriteLost(Loss loss);
}
