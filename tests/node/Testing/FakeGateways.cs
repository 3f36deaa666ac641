using Orleans.Messaging;

namespace Switchboard.Node.Tests.Testing;

/// <summary>A list of silos that a test changes.</summary>
internal sealed class FakeGateways : IGatewayListProvider
{
    public IList<Uri> Listed { get; set; } = [];

    /// <summary>Thrown instead of the list.</summary>
    public Exception? Fault { get; set; }

    public TimeSpan MaxStaleness => TimeSpan.FromSeconds(3);

    public bool IsUpdatable => true;

    public bool IsInitialized { get; private set; }

    public Task InitializeGatewayListProvider()
    {
        IsInitialized = true;
        return Task.CompletedTask;
    }

    public Task<IList<Uri>> GetGateways() =>
        Fault is null ? Task.FromResult(Listed) : Task.FromException<IList<Uri>>(Fault);
}
