using Switchboard.Load;

namespace Switchboard.Faults;

/// <summary>What a run must keep to, beyond the contract. Null for no bar.</summary>
/// <param name="MaxStall">The longest that a room may go without an acknowledgement, in seconds.</param>
/// <param name="MaxLeave">The longest from the end of an abandoned socket to its leave event, in seconds.</param>
/// <param name="NoDisconnects">Whether no socket may end.</param>
/// <param name="NoExpired">Whether every connection must be resumed. A room may recover its members without
/// that.</param>
/// <param name="AllowTold">Whether losses that the server told of are none: for feeds that do not survive.</param>
internal sealed record Bars(double? MaxStall, double? MaxLeave, bool NoDisconnects, bool NoExpired, bool AllowTold)
{
    private const double Day = 86_400;

    public static Bars From(Arguments arguments) => new(
        Bound(arguments, "max-stall"),
        Bound(arguments, "max-leave"),
        arguments.Switch("no-disconnects"),
        arguments.Switch("no-expired"),
        arguments.Switch("allow-told"));

    // 0 stands for no bar.
    private static double? Bound(Arguments arguments, string name) =>
        arguments.Seconds(name, 0, 0, Day) is > 0 and var bound ? bound : null;
}
