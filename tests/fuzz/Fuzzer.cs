using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;

namespace Switchboard.Fuzz;

/// <summary>Fuzzes one target: replays what was kept, then changes inputs for as long as is wanted.</summary>
internal sealed class Fuzzer : IDisposable
{
    private const int Batch = 1024;

    private readonly IFuzzTarget _target;
    private readonly string _root;
    private readonly Prng _random;
    private readonly Mutator _mutator;
    private readonly Corpus _corpus = new();
    private readonly Trace _trace = new();
    private readonly Watchdog _watchdog;
    private readonly byte[] _input;
    private int _length;
    private long _executions;
    private bool _failed;

    public Fuzzer(IFuzzTarget target, string root, ulong seed)
    {
        _target = target;
        _root = root;
        ulong nameHash = BitConverter.ToUInt64(SHA256.HashData(Encoding.ASCII.GetBytes(target.Name)));
        _random = new Prng(seed ^ nameHash);
        _mutator = new Mutator(target, _random);
        _input = new byte[target.MaxInput];
        _watchdog = new Watchdog(OnHang);
    }

    private string CorpusFolder => Path.Combine(_root, "corpus", _target.Name);

    /// <summary>Runs one input by itself.</summary>
    /// <returns>Whether it passed.</returns>
    public bool Replay(byte[] input) => TryRun(input);

    /// <summary>Runs until the inputs or the time are used up, or something is found.</summary>
    public FuzzResult Run(long inputs, double seconds, bool keep)
    {
        long start = Stopwatch.GetTimestamp();
        foreach (byte[] seed in Corpus.Load(CorpusFolder).Concat(_target.Seeds))
        {
            Take(seed);
            if (!TryRunAndLearn())
            {
                return Result(start, passed: false);
            }
        }

        while (_executions < inputs && Stopwatch.GetElapsedTime(start).TotalSeconds < seconds)
        {
            for (int i = 0; i < Batch; i++)
            {
                _length = _mutator.Mutate(Choose(), Choose(), _input);
                if (!TryRunAndLearn())
                {
                    return Result(start, passed: false);
                }
            }
        }

        if (keep)
        {
            Corpus.Save(CorpusFolder, Reducer.Cover(_corpus.Inputs, FeaturesOf));
        }

        return Result(start, passed: true);
    }

    public void Dispose() => _watchdog.Dispose();

    private FuzzResult Result(long start, bool passed) => new(
        _target.Name, _executions, Stopwatch.GetElapsedTime(start), _corpus.Inputs.Count, _corpus.FeatureCount, passed);

    // The newest are the least explored.
    private byte[] Choose()
    {
        IReadOnlyList<byte[]> inputs = _corpus.Inputs;
        int newest = Math.Min(inputs.Count, 32);
        return _random.OneIn(4) ? inputs[inputs.Count - 1 - _random.Below(newest)] : _random.Pick(inputs);
    }

    private void Take(ReadOnlySpan<byte> input)
    {
        _length = Math.Min(input.Length, _input.Length);
        input[.._length].CopyTo(_input);
    }

    private bool TryRunAndLearn()
    {
        if (TryRun() && _corpus.TryFindNew(_trace.Seen, out int[] found))
        {
            // A shorter one may fail where this one did not; then that is the finding.
            byte[] smaller = Reducer.Shorten(Current(), candidate => !_failed && TryRun(candidate) && Shows(found));
            _corpus.Add(smaller, found);
        }

        return !_failed;
    }

    private bool Shows(int[] features) => features.All(new HashSet<int>(_trace.Seen.ToArray()).Contains);

    private HashSet<int> FeaturesOf(byte[] input)
    {
        Take(input);
        Run();
        return [.. _trace.Seen];
    }

    private bool TryRun(byte[] input)
    {
        Take(input);
        return TryRun();
    }

    private bool TryRun()
    {
        try
        {
            Run();
            return true;
        }
        catch (Exception exception)
        {
            _failed = true;
            Write("crash", Current(), exception.ToString());
            byte[] smaller = Reducer.Shorten(Current(), candidate => Fails(candidate, exception));
            Write("reduced", smaller, "the same, shortened");
            return false;
        }
    }

    private bool Fails(byte[] input, Exception likeThis)
    {
        try
        {
            Take(input);
            Run();
            return false;
        }
        catch (Exception exception)
        {
            return exception.GetType() == likeThis.GetType() && exception.Message == likeThis.Message;
        }
    }

    private byte[] Current() => _input.AsSpan(0, _length).ToArray();

    private void Run()
    {
        _executions++;
        _watchdog.Begin();
        _trace.Clear();
        long before = GC.GetAllocatedBytesForCurrentThread();
        _target.Run(_input.AsSpan(0, _length), _trace);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        if (allocated > _target.MaxAllocation)
        {
            throw new FuzzFailureException($"more than {_target.MaxAllocation} bytes allocated");
        }
    }

    private void OnHang()
    {
        Write("hang", Current(), "one input took more than a second");
        Environment.Exit(1);
    }

    private void Write(string kind, ReadOnlySpan<byte> input, string what)
    {
        string folder = Path.Combine(_root, "crashes");
        Directory.CreateDirectory(folder);
        string path = Path.Combine(folder, $"{_target.Name}-{kind}-{Corpus.NameOf(input)}");
        File.WriteAllBytes(path, input);
        Console.Error.WriteLine($"{_target.Name}: {kind}, {input.Length} bytes in {path}: {what}");
    }
}
