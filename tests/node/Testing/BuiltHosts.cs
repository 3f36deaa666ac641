using System.Diagnostics;
using Microsoft.Extensions.Hosting;

namespace Switchboard.Node.Tests.Testing;

/// <summary>Sees each host that is built in this flow of calls, before it starts, until it is disposed of.</summary>
internal sealed class BuiltHosts : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
{
    private static readonly AsyncLocal<BuiltHosts?> Here = new();

    private readonly Action<IHost> _onBuilt;
    private readonly IDisposable _all;
    private IDisposable? _one;

    public BuiltHosts(Action<IHost> onBuilt)
    {
        _onBuilt = onBuilt;
        Here.Value = this;
        _all = DiagnosticListener.AllListeners.Subscribe(this);
    }

    public void OnNext(DiagnosticListener value)
    {
        if (Here.Value == this && value.Name == "Microsoft.Extensions.Hosting")
        {
            _one = value.Subscribe(this);
        }
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (Here.Value == this && value is { Key: "HostBuilt", Value: IHost host })
        {
            _onBuilt(host);
        }
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    public void Dispose()
    {
        _all.Dispose();
        _one?.Dispose();
    }
}
