using Switchboard.Core.InProcess;
using Switchboard.Gateway;
using Switchboard.Telemetry;
using Switchboard.Webhooks;

namespace Switchboard.Standalone;

/// <summary>The section "Switchboard" of the configuration, in which every name must be known.</summary>
internal sealed class Settings
{
    private readonly IConfigurationSection _gateway;
    private readonly IConfigurationSection _webhooks;

    private Settings(
        IConfigurationSection gateway,
        IConfigurationSection webhooks,
        InProcessOptions backplane,
        StoreSettings store,
        TlsOptions tls,
        TelemetryOptions telemetry)
    {
        _gateway = gateway;
        _webhooks = webhooks;
        Backplane = backplane;
        Store = store;
        Tls = tls;
        Telemetry = telemetry;
    }

    public InProcessOptions Backplane { get; }

    public StoreSettings Store { get; }

    public TlsOptions Tls { get; }

    public TelemetryOptions Telemetry { get; }

    /// <summary>The API's own address; null for none.</summary>
    public string? ApiUrl => _gateway["Api:Url"];

    public BackplaneFacts Facts => new(
        Backplane.Connections.Grace, Backplane.Connections.MaxRooms, Backplane.Rooms.Default.MaxStateBytes);

    /// <exception cref="InvalidOperationException">
    /// A name is not known, a value is not of its type or out of bounds, or rooms are durable without a database.
    /// </exception>
    public static Settings Read(IConfigurationSection section)
    {
        if (section.GetChildren().FirstOrDefault(static child =>
            child.Key is not ("Gateway" or "Webhooks" or "Backplane" or "Store" or "Tls" or "Telemetry")) is { } unknown)
        {
            throw new InvalidOperationException($"there is no setting {unknown.Path}");
        }

        InProcessOptions backplane = new();
        section.GetSection("Backplane").Bind(backplane, RefuseUnknown);
        StoreSettings store = new();
        section.GetSection("Store").Bind(store, RefuseUnknown);
        if (backplane.NeedsStore && !store.IsConfigured)
        {
            throw new InvalidOperationException(
                $"there are durable rooms but no store for them; set {section.Path}:Store:ConnectionString");
        }

        TlsOptions tls = new();
        section.GetSection("Tls").Bind(tls, RefuseUnknown);
        if (tls.Validate().FirstOrDefault() is { } problem)
        {
            throw new InvalidOperationException($"{section.Path}:Tls:{problem}");
        }

        TelemetryOptions telemetry = new();
        section.GetSection("Telemetry").Bind(telemetry, RefuseUnknown);
        if (telemetry.Validate().FirstOrDefault() is { } untold)
        {
            throw new InvalidOperationException($"{section.Path}:Telemetry:{untold}");
        }

        return new Settings(
            section.GetSection("Gateway"), section.GetSection("Webhooks"), backplane, store, tls, telemetry);
    }

    /// <summary>Sets the gateway's options.</summary>
    public void Configure(GatewayOptions gateway) => _gateway.Bind(gateway, RefuseUnknown);

    /// <summary>Sets the options of webhooks.</summary>
    public void Configure(WebhookOptions webhooks) => _webhooks.Bind(webhooks, RefuseUnknown);

    private static void RefuseUnknown(BinderOptions options) => options.ErrorOnUnknownConfiguration = true;
}
