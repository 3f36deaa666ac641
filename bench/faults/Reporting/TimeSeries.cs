using System.Diagnostics;
using System.Globalization;

namespace Switchboard.Faults.Reporting;

/// <summary>One line each second with what happened in it, and the marks in between.</summary>
internal sealed class TimeSeries(TextWriter output, Tally tally, Marks marks)
{
    private readonly long _started = Stopwatch.GetTimestamp();
    private long _next = Stopwatch.GetTimestamp() + Stopwatch.Frequency;
    private long[] _before = new long[7];

    /// <summary>Prints what is due. <paramref name="ready"/> is the number of sessions that are in their
    /// rooms.</summary>
    public void Tick(long now, Func<string> ready)
    {
        while (marks.TryTake(out var mark))
        {
            Print(now, $"---- {mark}");
        }

        if (now < _next)
        {
            return;
        }

        _next += Stopwatch.Frequency;
        long[] after =
        [
            tally.Acknowledged, tally.Delivered, tally.Retries, tally.Passing.Total, tally.Errors.Total,
            tally.Disconnects.Total, tally.Resumes.Total,
        ];
        var each = after.Zip(_before, (one, other) => one - other).ToArray();
        _before = after;
        Print(
            now,
            $"acks {each[0],6}  delivered {each[1],7}  retries {each[2],5}  unavailable {each[3],5}  " +
            $"errors {each[4],4}  drops {each[5],5}  back {each[6],5}  up {ready()}");
    }

    private void Print(long now, string text) =>
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture, $"{(now - _started) / (double)Stopwatch.Frequency,6:0.0} s  {text}"));
}
