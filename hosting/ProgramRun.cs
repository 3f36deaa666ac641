using System.Net.Sockets;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Switchboard.Core.Storage;

namespace Switchboard.Hosting;

/// <summary>The run of a server's program, from its configuration to its exit code.</summary>
public static class ProgramRun
{
    private const string FailedStarts = "Microsoft.Extensions.Hosting.Internal.Host";

    // Not every start can be cancelled: a silo that waits for the first one goes on waiting.
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(5);

    /// <summary>The host writes a failed start to the log with its stack trace; <see cref="RunAsync"/> says it in one line.</summary>
    public static ILoggingBuilder WithoutFailedStarts(this ILoggingBuilder logging)
    {
        ArgumentNullException.ThrowIfNull(logging);

        // A rule for a single provider, of any category, counts before all that are for every one.
        logging.Services.PostConfigure<LoggerFilterOptions>(static filters =>
        {
            string?[] providers = [null, .. filters.Rules.Select(static rule => rule.ProviderName).OfType<string>().Distinct()];
            Array.ForEach(providers, provider => filters.Rules.Add(new LoggerFilterRule(provider, FailedStarts, LogLevel.None, null)));
        });
        return logging;
    }

    /// <summary>Runs until told to stop. What keeps it from starting is said in one line on standard error, without a stack trace.</summary>
    /// <param name="name">What that line calls the program.</param>
    /// <param name="create">Puts it together, and checks what it can before it starts.</param>
    /// <returns>The exit code: 0, also where it was told to stop before it had started, or 1 when it could not start.</returns>
    public static async Task<int> RunAsync(string name, Func<Task<WebApplication>> create)
    {
        ArgumentNullException.ThrowIfNull(create);
        try
        {
            await RunAsync(await create());
            return 0;
        }
        catch (Exception e) when (IsExpected(e))
        {
            return await FailAsync($"{name} could not start: {Describe(e)}");
        }
    }

    /// <summary>Whether something is for whoever runs the program to put right; all else is a failure of ours.</summary>
    public static bool IsExpected(Exception e) =>
        e is OptionsValidationException or StoreException or ArgumentException or InvalidOperationException or FormatException
            or IOException or InvalidDataException or UnauthorizedAccessException or SocketException or CryptographicException;

    /// <summary>What there is to put right, in one line.</summary>
    public static string Describe(Exception e) => e switch
    {
        IOException { InnerException: AddressInUseException } =>
            $"{e.Message} Give another address with --urls, or stop what listens there.",
        SocketException => $"it can't listen where it is told to ({e.Message}); give another address with --urls",

        // Which file it was, and in it where.
        InvalidDataException { InnerException: not null } => $"{e.Message} {e.GetBaseException().Message}",
        _ => e.Message,
    };

    /// <summary>Says on standard error why the program ends.</summary>
    /// <returns>The exit code for that, 1.</returns>
    public static async Task<int> FailAsync(string line)
    {
        await Console.Error.WriteLineAsync(line);
        return 1;
    }

    private static async Task RunAsync(WebApplication app)
    {
        CancellationToken stopping = app.Lifetime.ApplicationStopping;
        using CancellationTokenSource patience = new();
        await using CancellationTokenRegistration told = stopping.Register(() => patience.CancelAfter(StartPatience));
        await using (app)
        {
            try
            {
                await app.StartAsync().WaitAsync(patience.Token);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                // The host has said so.
                return;
            }

            await app.WaitForShutdownAsync();
        }
    }
}
