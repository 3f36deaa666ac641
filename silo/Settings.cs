using Switchboard.Grains;
using Switchboard.Storage.Postgres;
using Switchboard.Telemetry;
using Switchboard.Webhooks;

namespace Switchboard.Silo;

/// <summary>The section "Switchboard" of the configuration, in which every name must be known.</summary>
internal sealed class Settings
{
    public const string Section = "Switchboard";

    // The edges read the same file; what is theirs is not ours to check.
    private static readonly string[] Known = ["Backplane", "Cluster", "Silo", "Store", "Webhooks", "Gateway", "Node", "Tls", "Telemetry"];

    public GrainOptions Backplane { get; } = new();

    public ClusterSettings Cluster { get; } = new();

    public SiloSettings Silo { get; } = new();

    public PostgresFeedStoreOptions Store { get; } = new();

    public WebhookOptions Webhooks { get; } = new();

    public TelemetryOptions Telemetry { get; } = new();

    /// <exception cref="InvalidOperationException">A name is not known, or a value is not of its type or out of bounds.</exception>
    public static Settings Read(IConfigurationSection section)
    {
        if (section.GetChildren().FirstOrDefault(child => !Known.Contains(child.Key)) is { } unknown)
        {
            throw new InvalidOperationException($"there is no setting {unknown.Path}");
        }

        Settings settings = new();
        section.GetSection(nameof(Backplane)).Bind(settings.Backplane, RefuseUnknown);
        section.GetSection(nameof(Cluster)).Bind(settings.Cluster, RefuseUnknown);
        section.GetSection(nameof(Silo)).Bind(settings.Silo, RefuseUnknown);
        section.GetSection(nameof(Store)).Bind(settings.Store, RefuseUnknown);
        section.GetSection(nameof(Webhooks)).Bind(settings.Webhooks, RefuseUnknown);
        section.GetSection(nameof(Telemetry)).Bind(settings.Telemetry, RefuseUnknown);
        settings.Backplane.EdgeLease = settings.Silo.EdgeLease;
        string problems = string.Join("; ", settings.Validate());
        return problems.Length == 0 ? settings : throw new InvalidOperationException(problems);
    }

    private static void RefuseUnknown(BinderOptions options) => options.ErrorOnUnknownConfiguration = true;

    private IEnumerable<string> Validate()
    {
        foreach ((string name, IEnumerable<string> problems) in new[]
        {
            (nameof(Cluster), Cluster.Validate()),
            (nameof(Silo), Silo.Validate()),
            (nameof(Backplane), Backplane.Validate()),
            (nameof(Store), Store.Validate()),
            (nameof(Webhooks), Webhooks.Validate()),
            (nameof(Telemetry), Telemetry.Validate()),
        })
        {
            foreach (string problem in problems)
            {
                yield return $"{Section}:{name}:{problem}";
            }
        }

        if (Backplane.NeedsStore && string.IsNullOrEmpty(Cluster.ConnectionString))
        {
            yield return "a kind of rooms is durable, which takes a database: set Switchboard:Cluster:ConnectionString";
        }
    }
}
