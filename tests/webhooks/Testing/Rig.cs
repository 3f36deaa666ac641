using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Switchboard.Core.Identifiers;
using Switchboard.Core.Tests.Testing;
using Switchboard.Webhooks.Metrics;

namespace Switchboard.Webhooks.Tests.Testing;

/// <summary>Webhooks on a clock of the test's, with what they log and count.</summary>
internal sealed class Rig : IAsyncDisposable, ILoggerProvider, ILogger
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ServiceProvider _provider;
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, long> _sums = new();

    public Rig(params EndpointOptions[] endpoints)
    {
        ServiceCollection services = new();
        services.AddMetrics();
        services.AddLogging(logging => logging.AddProvider(this));
        services.AddSingleton<TimeProvider>(Time);
        services.AddSwitchboardWebhooks(options =>
        {
            options.Endpoints = endpoints;
            options.StopTimeout = TimeSpan.FromSeconds(5);
        });
        _provider = services.BuildServiceProvider();
        IMeterFactory factory = _provider.GetRequiredService<IMeterFactory>();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == WebhookMetrics.MeterName && ReferenceEquals(instrument.Meter.Scope, factory))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            string name = instrument.Name["switchboard.webhooks.".Length..];
            _sums.AddOrUpdate(name, value, (_, sum) => sum + value);
            foreach ((string key, object? tag) in tags)
            {
                _sums.AddOrUpdate($"{name} {key}={tag}", value, (_, sum) => sum + value);
            }
        });
        _listener.Start();
        Service = _provider.GetRequiredService<WebhookService>();
    }

    public FakeTime Time { get; } = new();

    public WebhookService Service { get; }

    public ConcurrentQueue<string> Lines { get; } = new();

    /// <summary>What was counted, by the instrument's last words, or those and a tag: "notices.dropped reason=full".</summary>
    public long this[string name] => _sums.GetValueOrDefault(name);

    /// <summary>An endpoint with short pauses, which the test's clock has to pass.</summary>
    public static EndpointOptions Endpoint(string url, params WebhookEvent[] events) => new()
    {
        Url = url,
        Secret = Secrets.Text,
        Events = [.. events],
        Retry = new RetryOptions { Attempts = 5, First = TimeSpan.FromSeconds(1), Longest = TimeSpan.FromSeconds(8) },
    };

    public static ConnectionId Connection(int number) => new($"connection-{number:D11}");

    /// <summary>Lets time pass, again and again, until a condition holds.</summary>
    public async Task AdvanceUntilAsync(Func<bool> condition, TimeSpan by, string what)
    {
        long begun = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(begun) < Patience, $"waited in vain for {what}");
            Time.Advance(by);
            await Task.Delay(TimeSpan.FromMilliseconds(5));
        }
    }

    /// <summary>Waits for a condition while the test's clock stands still.</summary>
    public Task UntilAsync(Func<bool> condition, string what) => AdvanceUntilAsync(condition, TimeSpan.Zero, what);

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _provider.DisposeAsync();
    }

    ILogger ILoggerProvider.CreateLogger(string categoryName) => this;

    void IDisposable.Dispose()
    {
    }

    IDisposable? ILogger.BeginScope<TState>(TState state) => null;

    bool ILogger.IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    void ILogger.Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Lines.Enqueue(formatter(state, exception));
}
