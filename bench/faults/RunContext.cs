using Switchboard.Faults.Protocol;
using Switchboard.Faults.Reporting;
using Switchboard.Faults.Verifying;
using Switchboard.Load.Sockets;

namespace Switchboard.Faults;

/// <summary>What all sessions of a run share. Everything happens on the loop's one thread.</summary>
/// <param name="Loop">Drives the sockets.</param>
/// <param name="Edges">The WebSocket endpoints, in the order in which sessions move on from one to the next.</param>
/// <param name="Rooms">The names of the rooms.</param>
/// <param name="Tally">What is counted.</param>
/// <param name="Findings">What is wrong.</param>
/// <param name="Random">For pauses.</param>
internal sealed record RunContext(
    Loop Loop, IReadOnlyList<Uri> Edges, RoomNames Rooms, Tally Tally, Findings Findings, Random Random);
