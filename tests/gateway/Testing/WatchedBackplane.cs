using System.Collections.Concurrent;
using System.Reflection;
using Switchboard.Core.Backplane;

namespace Switchboard.Gateway.Tests.Testing;

/// <summary>A backplane that tells when a method of another one has been called.</summary>
public class WatchedBackplane : DispatchProxy
{
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _calls = new();
    private IBackplane _inner = null!;

    public static (IBackplane Backplane, WatchedBackplane Watch) Around(IBackplane inner)
    {
        IBackplane backplane = Create<IBackplane, WatchedBackplane>();
        WatchedBackplane watch = (WatchedBackplane)backplane;
        watch._inner = inner;
        return (backplane, watch);
    }

    /// <summary>Waits for the next call of a method that has not been waited for.</summary>
    public async Task CalledAsync(string method) =>
        Assert.True(await Calls(method).WaitAsync(Limit.Time), $"waited in vain for {method}");

    /// <summary>A method that throws from now on, as a backplane does that itself has failed.</summary>
    public string? Failing { get; set; }

    /// <summary>What rejoining is answered with instead of what the backplane says; null for that.</summary>
    public BackplaneStatus? Rejoined { get; set; }

    /// <summary>What happens between an opening in the backplane and the moment when the gateway learns of it.</summary>
    public Func<Task>? Opened { get; set; }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        if (targetMethod!.Name == Failing)
        {
            throw new InvalidDataException("the backplane has failed");
        }

        if (Rejoined is { } rejoined && targetMethod.Name == nameof(IBackplane.RejoinAsync))
        {
            return new ValueTask<JoinResult>(new JoinResult(rejoined, default, false, null));
        }

        object? result = targetMethod.Invoke(_inner, args);
        Calls(targetMethod.Name).Release();
        return Opened is { } opened && targetMethod.Name == nameof(IBackplane.OpenAsync)
            ? new ValueTask<OpenResult>(AfterAsync(result!, opened))
            : result;
    }

    private static async Task<OpenResult> AfterAsync(object opening, Func<Task> opened)
    {
        OpenResult result = await (ValueTask<OpenResult>)opening;
        await opened();
        return result;
    }

    private SemaphoreSlim Calls(string method) => _calls.GetOrAdd(method, static _ => new SemaphoreSlim(0));
}
