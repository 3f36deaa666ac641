using Switchboard.Fuzz;
using Switchboard.Fuzz.Targets;

FuzzOptions options;
try
{
    options = FuzzOptions.Parse(args);
}
catch (FormatException exception)
{
    Console.Error.WriteLine(exception.Message);
    Console.Error.WriteLine(FuzzOptions.Usage);
    return 2;
}

IFuzzTarget[] all =
[
    new FramingTarget(), new Utf8Target(), new MaskingTarget(), new InflateTarget(), new HandshakeTarget(),
    new EnvelopeTarget(), new ProtobufTarget(), new FallbackTarget(), new TokenTarget(), new ApiTarget(),
    new WebhookTarget(),
];
IFuzzTarget[] targets = [.. all.Where(target => options.Target is null || target.Name == options.Target)];
if (targets.Length == 0)
{
    Console.Error.WriteLine($"no such target; there are {string.Join(", ", all.Select(target => target.Name))}");
    return 2;
}

if (options.Replay is not null)
{
    using var fuzzer = new Fuzzer(targets[0], options.Root, options.Seed);
    bool passed = fuzzer.Replay(File.ReadAllBytes(options.Replay));
    Console.WriteLine(passed ? "passed" : "failed");
    return passed ? 0 : 1;
}

double weights = targets.Sum(target => target.Weight);
List<FuzzResult> results = [];
foreach (IFuzzTarget target in targets)
{
    using var fuzzer = new Fuzzer(target, options.Root, options.Seed);
    double part = target.Weight / weights;
    FuzzResult result = fuzzer.Run((long)(options.Inputs * part), options.Seconds * part, options.Keep);
    results.Add(result);
    Console.WriteLine(result);
}

Console.WriteLine(new FuzzResult(
    "total",
    results.Sum(result => result.Executions),
    TimeSpan.FromSeconds(results.Sum(result => result.Elapsed.TotalSeconds)),
    results.Sum(result => result.Inputs),
    results.Sum(result => result.Features),
    results.All(result => result.Passed)));
return results.All(result => result.Passed) ? 0 : 1;
