using System.Globalization;
using Switchboard.Storage.Bench;

// dotnet run -c Release --project bench/storage -- [feeds 200] [in flight 64] [seconds 5] [payload bytes 100]
int[] numbers = [200, 64, 5, 100];
for (int i = 0; i < Math.Min(args.Length, numbers.Length); i++)
{
    numbers[i] = int.Parse(args[i], CultureInfo.InvariantCulture);
}

var run = new AppendRun(numbers[0], Math.Min(numbers[0], numbers[1]), TimeSpan.FromSeconds(numbers[2]), numbers[3]);
Console.WriteLine(await run.MeasureAsync());
