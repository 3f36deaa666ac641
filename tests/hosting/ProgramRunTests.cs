using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Switchboard.Hosting.Tests;

public sealed class ProgramRunTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Run_ToldToStopWhileItStarts_EndsWithoutAnError()
    {
        TaskCompletionSource starting = new(TaskCreationOptions.RunContinuationsAsynchronously);
        WebApplication app = Create(async cancellation =>
        {
            starting.SetResult();
            await Task.Delay(Timeout.Infinite, cancellation);
        });
        Task<int> run = ProgramRun.RunAsync("the test", () => Task.FromResult(app));
        await starting.Task.WaitAsync(Patience);

        app.Lifetime.StopApplication();

        Assert.Equal(0, await run.WaitAsync(Patience));
    }

    [Fact]
    public async Task Run_ToldToStopDuringAStartThatDoesNotListen_EndsAllTheSame()
    {
        TaskCompletionSource starting = new(TaskCreationOptions.RunContinuationsAsynchronously);
        WebApplication app = Create(_ =>
        {
            starting.SetResult();
            return Task.Delay(Timeout.Infinite, CancellationToken.None);
        });
        Task<int> run = ProgramRun.RunAsync("the test", () => Task.FromResult(app));
        await starting.Task.WaitAsync(Patience);

        app.Lifetime.StopApplication();

        Assert.Equal(0, await run.WaitAsync(Patience));
    }

    [Fact]
    public async Task Run_AStartThatGaveUpByItself_IsNoStop()
    {
        WebApplication app = Create(static _ => throw new OperationCanceledException());

        await Assert.ThrowsAsync<OperationCanceledException>(
            () => ProgramRun.RunAsync("the test", () => Task.FromResult(app)).WaitAsync(Patience));
    }

    [Fact]
    public async Task Run_AStartThatFails_EndsWithOne()
    {
        WebApplication app = Create(static _ => throw new InvalidOperationException("it has no legs"));

        Assert.Equal(1, await ProgramRun.RunAsync("the test", () => Task.FromResult(app)).WaitAsync(Patience));
    }

    [Fact]
    public async Task Run_AnAddressOfAnotherMachine_EndsWithOne()
    {
        // RFC 5737 §3: nobody has it.
        WebApplication app = Create(static _ => Task.CompletedTask, "http://192.0.2.77:8080");

        Assert.Equal(1, await ProgramRun.RunAsync("the test", () => Task.FromResult(app)).WaitAsync(Patience));
    }

    [Fact]
    public async Task Run_AFileOfSettingsThatIsBroken_EndsWithOneAndSaysWhere()
    {
        string path = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(path, "{\n  \"Switchboard\": {\n    Path: \"/ws\"\n  }\n}\n");

            int exitCode = await ProgramRun.RunAsync("the test", () =>
            {
                WebApplicationBuilder builder = WebApplication.CreateBuilder();
                builder.Configuration.AddJsonFile(path);
                return Task.FromResult(builder.Build());
            }).WaitAsync(Patience);

            InvalidDataException problem = Assert.Throws<InvalidDataException>(
                () => WebApplication.CreateBuilder().Configuration.AddJsonFile(path));
            Assert.Equal(1, exitCode);
            Assert.Contains(path, ProgramRun.Describe(problem), StringComparison.Ordinal);
            Assert.Contains("LineNumber: 2", ProgramRun.Describe(problem), StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData("Logging:LogLevel:Default")]
    [InlineData("Logging:Console:LogLevel:Default")]
    public async Task FailedStarts_AreNotLogged(string level)
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder([$"--{level}=Trace"]);
        builder.Logging.WithoutFailedStarts();
        await using WebApplication app = builder.Build();

        ILogger host = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Microsoft.Extensions.Hosting.Internal.Host");

        Assert.False(host.IsEnabled(LogLevel.Critical));
    }

    private static WebApplication Create(Func<CancellationToken, Task> start, string url = "http://127.0.0.1:0")
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls(url);
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<IHostedService>(new Starting(start));
        return builder.Build();
    }

    private sealed class Starting(Func<CancellationToken, Task> start) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => start(cancellationToken);

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
