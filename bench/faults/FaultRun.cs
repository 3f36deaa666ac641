using System.Diagnostics;
using Switchboard.Faults.Protocol;
using Switchboard.Faults.Reporting;
using Switchboard.Faults.Verifying;
using Switchboard.Load;
using Switchboard.Load.Measuring;
using Switchboard.Load.Sockets;

namespace Switchboard.Faults;

/// <summary>Opens, publishes for a while, waits for what is under way, and looks at what came.</summary>
internal sealed class FaultRun : IDisposable
{
    private static readonly TimeSpan _openBound = TimeSpan.FromSeconds(60);

    // What must not come, such as a message a second time, may come after all that had to come.
    private static readonly TimeSpan _quietTime = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan _closeTime = TimeSpan.FromMilliseconds(200);

    private readonly FaultOptions _options;
    private readonly TextWriter _output;
    private readonly Loop _loop = new();
    private readonly Tally _tally = new();
    private readonly Findings _findings = new();
    private readonly Crew _crew;

    public FaultRun(FaultOptions options, TextWriter output, Random random)
    {
        _options = options;
        _output = output;
        var names = new RoomNames(options.RoomPrefix, $"{random.Next():x8}");
        _crew = new Crew(options, new RunContext(_loop, options.Edges, names, _tally, _findings, random));
    }

    /// <summary>Throws <see cref="LoadException"/> when not everybody gets into their room at the beginning.</summary>
    public Report Run(Marks marks)
    {
        Open();
        var probe = new ProcessProbe(Environment.ProcessId);
        var cpu = probe.CpuSeconds();
        var started = Stopwatch.GetTimestamp();
        var series = new TimeSeries(_output, _tally, marks);
        Publish(started, series);
        var published = Stopwatch.GetElapsedTime(started);
        Settle(series);
        var cores = (probe.CpuSeconds() - cpu) / Stopwatch.GetElapsedTime(started).TotalSeconds;
        foreach (var room in _crew.Rooms)
        {
            room.Check();
        }

        var report = ReportOn(published, cores);
        Close();
        return report;
    }

    public void Dispose()
    {
        _crew.Dispose();
        _loop.Dispose();
    }

    private void Open()
    {
        _loop.AfterTurn = () => _crew.Tick(Stopwatch.GetTimestamp());
        if (!_loop.RunUntil(() => _crew.Ready == _crew.Count, _openBound))
        {
            throw new LoadException(
                $"only {_crew.Ready} of {_crew.Count} sessions got into their rooms in {_openBound.TotalSeconds} s; " +
                $"errors: {Names(_tally.Errors)} {Names(_tally.Passing)}; sockets: {Names(_tally.FailedDials)}");
        }

        _output.WriteLine($"ready: {_crew.Count} sessions");
    }

    private void Publish(long begin, TimeSeries series)
    {
        foreach (var clock in _crew.Clocks)
        {
            clock.Begin(begin);
        }

        var pacer = new Pacer(_crew.Members, _options.Rate, begin);
        _loop.AfterTurn = () =>
        {
            var now = Stopwatch.GetTimestamp();
            pacer.Tick(now);
            Tick(now, series);
        };
        _loop.Run(TimeSpan.FromSeconds(_options.Seconds));
    }

    private void Settle(TimeSeries series)
    {
        var checkAt = 0L;
        var settled = false;
        _loop.AfterTurn = () =>
        {
            var now = Stopwatch.GetTimestamp();
            Tick(now, series);
            if (now >= checkAt)
            {
                checkAt = now + (Stopwatch.Frequency / 10);
                settled = _crew.IsSettled();
            }
        };
        _loop.RunUntil(() => settled, TimeSpan.FromSeconds(_options.Settle));
        _loop.Run(_quietTime);
        foreach (var member in _crew.Members.Where(member => member.Unacknowledged > 0))
        {
            _crew.Clocks[member.Room].Acknowledge(Stopwatch.GetTimestamp());
        }
    }

    private void Tick(long now, TimeSeries series)
    {
        _crew.Tick(now);
        series.Tick(now, () => $"{_crew.Ready}/{_crew.Count}");
    }

    private void Close()
    {
        _loop.AfterTurn = null;
        _crew.Close();
        _loop.Run(_closeTime);
    }

    private Report ReportOn(TimeSpan published, double cores)
    {
        var stalls = new Histogram();
        foreach (var clock in _crew.Clocks)
        {
            stalls.Record(clock.LongestStall);
        }

        return new Report(
            _options.Connections,
            _options.Rooms,
            Math.Round(published.TotalSeconds, 1),
            _crew.Rooms.Sum(room => room.Published),
            _tally.Acknowledged,
            _crew.Unacknowledged,
            _tally.AnsweredAsDuplicate,
            _tally.Delivered,
            _tally.Retries,
            _tally.Passing.ByName,
            _tally.Errors.ByName,
            _tally.Disconnects.ByName,
            _tally.FailedDials.ByName,
            _tally.Resumes.ByName,
            _tally.Expired.ByName,
            _crew.NotBack(),
            Enum.GetValues<FindingKind>().ToDictionary(kind => kind, _findings.Count),
            _findings.Examples,
            Spread.Of(_tally.AckLatency),
            Spread.Of(_tally.DeliveryLatency),
            Spread.Of(_tally.ResumeTime),
            Spread.Of(stalls),
            _crew.Presence(),
            Math.Round(cores, 2));
    }

    private static string Names(Counts counts) => string.Join(", ", counts.ByName.Keys);
}
