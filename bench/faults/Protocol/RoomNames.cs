using System.Globalization;

namespace Switchboard.Faults.Protocol;

/// <summary>The rooms of one run: their names end with their number, and no other run has them.</summary>
internal sealed class RoomNames(string prefix, string run)
{
    /// <summary>What the idempotency keys of this run begin with.</summary>
    public string Run => run;

    public string this[int number] => $"{prefix}faults-{run}-{number.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>The number at the end of a name, -1 where there is none. The name's escapes need not be taken out for
    /// it.</summary>
    public static int NumberOf(ReadOnlySpan<byte> name) =>
        int.TryParse(
            name[(name.LastIndexOf((byte)'-') + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : -1;
}
