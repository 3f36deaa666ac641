using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
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

    private static WebApplication Create(Func<CancellationToken, Task> start)
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
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
