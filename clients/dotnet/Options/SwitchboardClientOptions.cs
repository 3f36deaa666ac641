using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Security;
using System.Text;

namespace Switchboard.Client;

/// <summary>The settings of a <see cref="SwitchboardClient"/>.</summary>
public sealed partial record SwitchboardClientOptions
{
    // The base library's timers take no more.
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(49);

    /// <summary>The settings of a client of a server.</summary>
    public SwitchboardClientOptions()
    {
    }

    /// <summary>The same for compilers before C# 11, such as Unity's, which don't know of required properties.</summary>
    /// <param name="url"><see cref="Url"/>.</param>
    [SetsRequiredMembers]
    public SwitchboardClientOptions(Uri url)
    {
        Url = url;
    }

    /// <summary>
    /// The server: <c>https://play.example</c>, or with another scheme of <c>http</c>, <c>ws</c>, <c>wss</c>. A path is that
    /// of the WebSocket endpoint, <c>/ws</c> unless given; the fallbacks are at <see cref="FallbackPath"/>.
    /// </summary>
    public required Uri Url { get; init; }

    /// <summary>Where the HTTP fallbacks are.</summary>
    public string FallbackPath { get; init; } = "/fallback";

    /// <summary>The name of the user, for a server in development that takes it without proof.</summary>
    public string? User { get; init; }

    /// <summary>A token that does not change. Rather use <see cref="TokenProvider"/>.</summary>
    public string? Token { get; init; }

    /// <summary>Gets a token: asked for each attempt to connect, and when the last one is about to end.</summary>
    public Func<CancellationToken, ValueTask<string>>? TokenProvider { get; init; }

    /// <summary>The ways to the server, the best first. The next one is tried where one can't be had at all.</summary>
    public IReadOnlyList<TransportKind> Transports { get; init; } =
        [TransportKind.WebSocket, TransportKind.ServerSentEvents, TransportKind.LongPolling];

    /// <summary>When a broken connection is tried again.</summary>
    public ReconnectOptions Reconnect { get; init; } = new();

    /// <summary>How much may wait to be sent.</summary>
    public OutboxOptions Outbox { get; init; } = new();

    /// <summary>
    /// How long a command may take in all, reconnects and repetitions included; at most 49 days. Then it fails with
    /// <see cref="ErrorCodes.Timeout"/>.
    /// </summary>
    public TimeSpan CommandTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long an attempt to connect may take; at most 49 days.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How many messages a <see cref="MessageStream"/> holds for its reader.</summary>
    public int StreamCapacity { get; init; } = 1000;

    /// <summary>The proxy through which the network is reached; null for the system's.</summary>
    public IWebProxy? Proxy { get; init; }

    /// <summary>Says whether the server's certificate is to be trusted; null for the system's judgement.</summary>
    public RemoteCertificateValidationCallback? CertificateValidation { get; init; }

    /// <summary>The clock; another one in tests.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    // ToString, which goes to logs, tells no token.
    private bool PrintMembers(StringBuilder text)
    {
        text.Append("Url = ").Append(Url)
            .Append(", FallbackPath = ").Append(FallbackPath)
            .Append(", User = ").Append(User)
            .Append(", Token = ").Append(Token is null && TokenProvider is null ? "none" : "hidden")
            .Append(", Transports = ").Append(string.Join(" ", Transports))
            .Append(", Reconnect = ").Append(Reconnect)
            .Append(", Outbox = ").Append(Outbox)
            .Append(", CommandTimeout = ").Append(CommandTimeout)
            .Append(", ConnectTimeout = ").Append(ConnectTimeout)
            .Append(", StreamCapacity = ").Append(StreamCapacity);
        return true;
    }

    internal void Validate()
    {
        ArgumentNullException.ThrowIfNull(Url);
        if (!Url.IsAbsoluteUri || Url.Scheme is not ("http" or "https" or "ws" or "wss"))
        {
            throw new ArgumentException($"Url must be absolute, with http, https, ws or wss, but is '{Url}'");
        }

        if (Token is not null && TokenProvider is not null)
        {
            throw new ArgumentException("set Token or TokenProvider, not both");
        }

        if (Transports.Count == 0 || Transports.Distinct().Count() != Transports.Count)
        {
            throw new ArgumentException("Transports must name at least one way, and none twice");
        }

        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(CommandTimeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(ConnectTimeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(CommandTimeout, LongestTimer);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ConnectTimeout, LongestTimer);
        ArgumentOutOfRangeException.ThrowIfLessThan(StreamCapacity, 1);
        Reconnect.Validate();
        Outbox.Validate();
    }
}
