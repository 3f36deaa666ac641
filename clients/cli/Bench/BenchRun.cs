using System.Globalization;
using Switchboard.Cli.Connecting;
using Switchboard.Client;

namespace Switchboard.Cli.Bench;

/// <summary>A benchmark: connects, publishes, waits for the deliveries, and counts.</summary>
internal sealed class BenchRun(Server server, BenchOptions options, string run, TimeProvider time)
{
    private const int ConnectsAtOnce = 32;
    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan SettleLimit = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(5);

    private readonly List<BenchMember> _members = [];
    private readonly BenchRoom[] _rooms =
    [
        .. Enumerable.Range(0, options.Rooms)
            .Select(room => new BenchRoom(string.Create(CultureInfo.InvariantCulture, $"bench-{run}-{room}"))),
    ];

    private volatile BenchPhase _phase;

    public BenchOptions Options => options;

    public BenchPhase Phase => _phase;

    public BenchCounts Counts { get; } = new();

    /// <summary>Deliveries that the messages acknowledged so far make.</summary>
    public long Expected => _rooms.Sum(static room => (long)room.Acknowledged * room.Members);

    /// <summary>Runs it.</summary>
    /// <param name="cancellationToken">Ends the publishing early; what was done until then is reported all the same.</param>
    /// <exception cref="CliException">The server can't be reached.</exception>
    /// <exception cref="SwitchboardException">It does not let this user in.</exception>
    public async Task<BenchReport> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            long began = time.GetTimestamp();
            await ConnectAsync(cancellationToken);
            TimeSpan connecting = time.GetElapsedTime(began);

            _phase = BenchPhase.Publishing;
            began = time.GetTimestamp();
            await PublishAsync(cancellationToken);
            _phase = BenchPhase.Settling;
            await UntilAsync(() => Counts.InFlight == 0);
            TimeSpan publishing = time.GetElapsedTime(began);
            await UntilAsync(() => Counts.Delivered >= Expected);
            return Report(connecting, publishing, time.GetElapsedTime(began, Math.Max(began, Counts.LastDelivered)));
        }
        finally
        {
            _phase = BenchPhase.Done;
            await Task.WhenAll(_members.Select(static member => member.DisposeAsync().AsTask()));
        }
    }

    private async Task ConnectAsync(CancellationToken cancellationToken)
    {
        // Where the first one can't come in, there is no point in trying the others.
        await using (Connection first = await Connection.OpenAsync(OptionsOf(0), static _ => { }, cancellationToken))
        {
        }

        await Parallel.ForEachAsync(
            Enumerable.Range(0, options.Connections),
            new ParallelOptions { MaxDegreeOfParallelism = ConnectsAtOnce, CancellationToken = cancellationToken },
            async (index, token) => await ConnectAsync(index, token));
    }

    private async Task ConnectAsync(int index, CancellationToken cancellationToken)
    {
        SwitchboardClient client = new(OptionsOf(index));
        BenchMember member = new(client, _rooms[index % _rooms.Length], Counts, run, time);
        try
        {
            await client.ConnectAsync(cancellationToken).WaitAsync(ConnectLimit, time, cancellationToken);
            await member.JoinAsync(cancellationToken);
            Counts.OnConnected();
            lock (_members)
            {
                _members.Add(member);
            }

            return;
        }
        catch (SwitchboardException e)
        {
            Counts.OnError(e.Code);
        }
        catch (TimeoutException)
        {
            Counts.OnError("connect_timeout");
        }
        catch (OperationCanceledException)
        {
            await member.DisposeAsync();
            throw;
        }

        await member.DisposeAsync();
    }

    private async Task PublishAsync(CancellationToken cancellationToken)
    {
        if (_members.Count == 0)
        {
            return;
        }

        long began = time.GetTimestamp();
        long begun = 0;
        using PeriodicTimer timer = new(Tick, time);
        while (begun < options.Publishes && !cancellationToken.IsCancellationRequested)
        {
            long due = Math.Min(options.Publishes, 1 + (long)(time.GetElapsedTime(began).TotalSeconds * options.Rate));
            while (begun < due)
            {
                // Not awaited: it counts its own end, and settling waits for all of them.
                _ = _members[(int)(begun++ % _members.Count)].PublishAsync(options.Size);
            }

            await timer.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    private async Task UntilAsync(Func<bool> isSo)
    {
        long began = time.GetTimestamp();
        using PeriodicTimer timer = new(Tick, time);
        while (!isSo() && time.GetElapsedTime(began) < SettleLimit)
        {
            await timer.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    private BenchReport Report(TimeSpan connecting, TimeSpan publishing, TimeSpan delivering)
    {
        long told = 0;
        long silent = 0;
        foreach (BenchMember member in _members)
        {
            (long memberTold, long memberSilent) = member.CountLosses();
            told += memberTold;
            silent += memberSilent;
        }

        return new BenchReport
        {
            Options = options,
            Joined = _members.Count,
            Connecting = connecting,
            Publishing = publishing,
            Delivering = delivering,
            Counts = Counts,
            Expected = Expected,
            LossesTold = told,
            LossesSilent = silent,
        };
    }

    private SwitchboardClientOptions OptionsOf(int index)
    {
        SwitchboardClientOptions common = server.ClientOptions();
        return common.User is null
            ? common
            : common with { User = string.Create(CultureInfo.InvariantCulture, $"{common.User}-{index}") };
    }
}
