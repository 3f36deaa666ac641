using System.Text.Json;
using System.Text.Json.Serialization;
using Switchboard.Faults;
using Switchboard.Faults.Reporting;
using Switchboard.Load;

var json = new JsonSerializerOptions
{
    PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
    WriteIndented = true,
    Converters = { new JsonStringEnumConverter() },
};
try
{
    var arguments = new Arguments(args);
    var options = FaultOptions.From(arguments);
    arguments.Finish();
    var marks = new Marks();
    if (options.Stdin)
    {
        marks.Listen(Console.In);
    }

    using var run = new FaultRun(options, Console.Out, new Random());
    var report = run.Run(marks);
    var reasons = Verdict.Reasons(report, options.Bars);
    Table.Print(Console.Out, report, reasons);
    if (options.Json is { } path)
    {
        File.WriteAllText(path, JsonSerializer.Serialize(new { Held = reasons.Count == 0, reasons, report }, json));
    }

    return reasons.Count == 0 ? 0 : 1;
}
catch (Exception exception) when (exception is LoadException or IOException or JsonException)
{
    Console.Error.WriteLine(exception.Message);
    return 2;
}
