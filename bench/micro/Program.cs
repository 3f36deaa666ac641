using BenchmarkDotNet.Running;
using Switchboard.Micro;

BenchmarkSwitcher.FromAssembly(typeof(ShortConfig).Assembly).Run(args, new ShortConfig());
