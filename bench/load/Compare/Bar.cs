using System.Globalization;

namespace Switchboard.Load.Compare;

/// <summary>What a ratio has to reach, or must not exceed.</summary>
internal sealed record Bar(double Limit, bool IsFloor)
{
    public static Bar AtLeast(double limit) => new(limit, true);

    public static Bar AtMost(double limit) => new(limit, false);

    public bool IsMet(double ratio) => IsFloor ? ratio >= Limit : ratio <= Limit;

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{(IsFloor ? '≥' : '≤')} {Limit}");
}
