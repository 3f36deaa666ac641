using Switchboard.ClientContract.Transports;

namespace Switchboard.ClientContract.Harness;

/// <summary>Says through what clients reach the edges of a harness, before there is one: each is a column of the table.</summary>
public interface IOffersTransports
{
    /// <summary>The transports that are held to the contract there.</summary>
    static abstract IReadOnlyList<ClientTransport> Offered { get; }
}
