namespace Switchboard.Client.Transports;

/// <summary>A way to the server.</summary>
internal interface ITransport
{
    /// <summary>Opens a link over it.</summary>
    /// <exception cref="LinkException">It can't be had.</exception>
    /// <exception cref="OperationCanceledException">It took too long, or is not wanted any more.</exception>
    ValueTask<ILink> OpenAsync(LinkRequest request, CancellationToken cancellationToken);
}
