namespace Switchboard.Gateway.Fallbacks;

/// <summary>A session that is being served, and how it is ended.</summary>
/// <param name="Session">The session.</param>
/// <param name="Transport">What stands for its socket.</param>
/// <param name="Serving">Completes when it has ended.</param>
internal sealed record LiveSession(FallbackSession Session, PipeTransport Transport, Task Serving)
{
    /// <summary>Ends it, once what it has begun is done. Nothing that it says any more is heard.</summary>
    public async Task EndAsync()
    {
        Session.CloseInbox();
        Transport.StopReading();
        await Session.CarriedOutAsync();
        Transport.End(Session.IsGoodbye);
        await Serving;
    }
}
