using Switchboard.Faults.Reporting;
using Switchboard.Faults.Verifying;

namespace Switchboard.Faults.Tests.Reporting;

public sealed class VerdictTests
{
    private static readonly Bars _none = new(null, null, NoDisconnects: false, NoExpired: false, AllowTold: false);
    private static readonly Dictionary<string, long> _nothing = [];
    private static readonly Spread _short = new(10, 1, 2, 3000);
    private static readonly Report _good = new(
        10, 2, 5, 100, 100, 0, 0, 500, 0, _nothing, _nothing, _nothing, _nothing, _nothing, _nothing, 0,
        new Dictionary<FindingKind, long>(), [], _short, _short, _short, _short, null, 0.1);

    private static readonly PresenceReport _left = new(5, 5, 0, 12, 0, 0, 0);

    [Fact]
    public void Reasons_AllHeld_AreEmpty()
    {
        var strict = new Bars(10, 15, NoDisconnects: true, NoExpired: true, AllowTold: false);
        Assert.Empty(Verdict.Reasons(_good with { Presence = _left }, strict));
    }

    [Theory]
    [InlineData(nameof(FindingKind.Lost), true)]
    [InlineData(nameof(FindingKind.Duplicate), true)]
    [InlineData(nameof(FindingKind.Disorder), true)]
    [InlineData(nameof(FindingKind.Overtaken), true)]
    [InlineData(nameof(FindingKind.Conflict), true)]
    [InlineData(nameof(FindingKind.Strange), true)]
    [InlineData(nameof(FindingKind.ToldLost), false)]
    [InlineData(nameof(FindingKind.NotRecovered), false)]
    [InlineData(nameof(FindingKind.NewEpoch), false)]
    [InlineData(nameof(FindingKind.Again), false)]
    public void Reasons_OneFinding_FailsUnlessToldAndAllowed(string kind, bool failsAlways)
    {
        var found = new Dictionary<FindingKind, long> { [Enum.Parse<FindingKind>(kind)] = 1 };
        var report = _good with { Findings = found };
        Assert.Single(Verdict.Reasons(report, _none));
        Assert.Equal(failsAlways, Verdict.Reasons(report, _none with { AllowTold = true }).Count == 1);
    }

    [Fact]
    public void Reasons_WhatNoBarForgives_Fails()
    {
        Fails(_good with { Acknowledged = 0 });
        Fails(_good with { Unacknowledged = 1 });
        Fails(_good with { NotBack = 1 });
        Fails(_good with { Errors = new Dictionary<string, long> { ["too_fast"] = 1 } });
        Fails(_good with { Presence = _left with { Dropped = 4 } });
        Fails(_good with { Presence = _left with { NeverLeft = 1 } });
        Fails(_good with { Presence = _left with { MissingAtEnd = 1 } });
        Fails(_good with { Presence = _left with { WatchersNotCurrent = 1 } });
    }

    [Fact]
    public void Reasons_BeyondABar_FailsOnlyWithTheBar()
    {
        var one = new Dictionary<string, long> { ["1006"] = 1 };
        FailsWith(_none with { MaxStall = 2.9 }, _good);
        FailsWith(_none with { MaxLeave = 11.9 }, _good with { Presence = _left });
        FailsWith(_none with { NoDisconnects = true }, _good with { Disconnects = one });
        FailsWith(_none with { NoExpired = true }, _good with { Expired = one });
    }

    private static void Fails(Report report) =>
        Assert.Single(Verdict.Reasons(report, _none with { AllowTold = true }));

    private static void FailsWith(Bars bars, Report report)
    {
        Assert.Empty(Verdict.Reasons(report, _none));
        Assert.Single(Verdict.Reasons(report, bars));
    }
}
