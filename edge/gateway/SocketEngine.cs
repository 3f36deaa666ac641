namespace Switchboard.Gateway;

/// <summary>How the runtime's sockets hand over what they complete.</summary>
public static class SocketEngine
{
    private const string InlineCompletions = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";

    /// <summary>
    /// Has completions run on the threads that wait for events, one a processor, rather than be queued to the thread
    /// pool. Nothing in this program blocks such a thread, and the gateway sends a connection that never pauses to the
    /// pool. The runtime knows this setting as an environment variable only, read with the first socket; one that is
    /// set from outside is left alone.
    /// </summary>
    public static void PreferInline()
    {
        if (Environment.GetEnvironmentVariable(InlineCompletions) is null)
        {
            Environment.SetEnvironmentVariable(InlineCompletions, "1");
        }
    }
}
