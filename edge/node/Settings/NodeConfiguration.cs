using Switchboard.Core.InProcess;
using Switchboard.Gateway;
using Switchboard.Telemetry;
using Switchboard.Webhooks;

namespace Switchboard.Node.Settings;

/// <summary>The section "Switchboard" of the configuration, in which every name must be known.</summary>
internal sealed class NodeConfiguration
{
    private readonly IConfigurationSection _gateway;
    private readonly IConfigurationSection _webhooks;
    private readonly InProcessOptions _backplane;

    private NodeConfiguration(
        IConfigurationSection gateway,
        IConfigurationSection webhooks,
        InProcessOptions backplane,
        ClusterSettings cluster,
        NodeSettings node,
        TlsOptions tls,
        TelemetryOptions telemetry)
    {
        _gateway = gateway;
        _webhooks = webhooks;
        _backplane = backplane;
        Cluster = cluster;
        Node = node;
        Tls = tls;
        Telemetry = telemetry;
    }

    public ClusterSettings Cluster { get; }

    public NodeSettings Node { get; }

    public TlsOptions Tls { get; }

    public TelemetryOptions Telemetry { get; }

    /// <summary>The API's own address; null for none.</summary>
    public string? ApiUrl => _gateway["Api:Url"];

    /// <summary>What clients are told of the silos, which read the same section.</summary>
    public BackplaneFacts Facts => new(
        _backplane.Connections.Grace, _backplane.Connections.MaxRooms, _backplane.Rooms.Default.MaxStateBytes);

    /// <exception cref="InvalidOperationException">A name is not known, or a value is not of its type or out of bounds.</exception>
    public static NodeConfiguration Read(IConfigurationSection section)
    {
        if (section.GetChildren().FirstOrDefault(static child =>
            child.Key is not ("Gateway" or "Webhooks" or "Backplane" or "Cluster" or "Node" or "Silo" or "Store" or "Tls" or "Telemetry")) is { } unknown)
        {
            throw new InvalidOperationException($"there is no setting {unknown.Path}");
        }

        NodeConfiguration settings = new(
            section.GetSection("Gateway"),
            section.GetSection("Webhooks"),
            Bind<InProcessOptions>(section, "Backplane"),
            Bind<ClusterSettings>(section, "Cluster"),
            Bind<NodeSettings>(section, "Node"),
            Bind<TlsOptions>(section, "Tls"),
            Bind<TelemetryOptions>(section, "Telemetry"));
        string problems = string.Join("; ", settings.Validate().Select(problem => $"{section.Path}:{problem}"));
        return problems.Length == 0 ? settings : throw new InvalidOperationException(problems);
    }

    /// <summary>Sets the gateway's options.</summary>
    public void Configure(GatewayOptions gateway) => _gateway.Bind(gateway, RefuseUnknown);

    /// <summary>Sets the options of webhooks; the silos read the same section.</summary>
    public void Configure(WebhookOptions webhooks) => _webhooks.Bind(webhooks, RefuseUnknown);

    private static T Bind<T>(IConfigurationSection section, string name)
        where T : new()
    {
        T settings = new();
        section.GetSection(name).Bind(settings, RefuseUnknown);
        return settings;
    }

    private static void RefuseUnknown(BinderOptions options) => options.ErrorOnUnknownConfiguration = true;

    // Durable rooms are the silos' affair: they have the store.
    private IEnumerable<string> Validate() =>
        Cluster.Validate().Select(static problem => $"Cluster:{problem}")
            .Concat(Tls.Validate().Select(static problem => $"Tls:{problem}"))
            .Concat(Telemetry.Validate().Select(static problem => $"Telemetry:{problem}"))
            .Concat(Node.Validate().Select(static problem => $"Node:{problem}"))
            .Concat(_backplane.Rooms.Validate().Select(static problem => $"Backplane:Rooms.{problem}"))
            .Concat(_backplane.Connections.Validate().Select(static problem => $"Backplane:Connections.{problem}"))
            .Concat(_backplane.UserFeed.Validate().Select(static problem => $"Backplane:UserFeed.{problem}"));
}
