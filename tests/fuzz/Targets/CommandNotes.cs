using Switchboard.Protocol.Envelope.Commands;

namespace Switchboard.Fuzz.Targets;

/// <summary>What is noted of a command in whichever protocol: it tells inputs apart that took different ways.</summary>
internal static class CommandNotes
{
    /// <summary>Which fields a command has.</summary>
    public static int Shape(in Command command) =>
        (command.Id == 0 ? 0 : 1)
        | (command.Slot.IsEmpty ? 0 : 2)
        | (command.Key.IsEmpty ? 0 : 4)
        | (command.Echo ? 8 : 0)
        | (command.State.IsEmpty ? 0 : 16)
        | (command.Position is null ? 0 : 32)
        | (command.Resume is null ? 0 : 64)
        | (command.Positions is null ? 0 : command.Positions.Rooms.Count == 0 ? 128 : 256)
        | ((int)command.Class << 9)
        | ((int)command.Feed << 11);

    /// <summary>A number for the sentence of an error, whatever position it names.</summary>
    public static int Wording(string message)
    {
        int hash = 0;
        foreach (char letter in message)
        {
            hash = unchecked((hash * 31) + (char.IsAsciiDigit(letter) ? 0 : letter));
        }

        return hash & 0xFFF;
    }
}
