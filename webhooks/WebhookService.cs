using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Switchboard.Core.Identifiers;
using Switchboard.Webhooks.Metrics;
using Switchboard.Webhooks.Notices;
using Switchboard.Webhooks.Questions;
using Switchboard.Webhooks.Sending;

namespace Switchboard.Webhooks;

/// <summary>All endpoints of a process; when it stops, the notices that are left are sent.</summary>
internal sealed class WebhookService : IHostedService, IDisposable
{
    private readonly WebhookOptions _options;
    private readonly List<WebhookClient> _clients = [];
    private readonly List<NoticeSender> _senders = [];

    public WebhookService(
        IOptions<WebhookOptions> options, TimeProvider time, IRandomSource random, WebhookMetrics metrics, ILoggerFactory logs)
    {
        _options = options.Value;
        List<Question> connect = [];
        List<Question> publish = [];
        foreach (Endpoint endpoint in _options.Endpoints.Select(static one => new Endpoint(one)))
        {
            WebhookClient client = new(endpoint, time);
            _clients.Add(client);
            Add(connect, WebhookEvent.Connect);
            Add(publish, WebhookEvent.Publish);
            if (endpoint.Options.Events.Any(static what => what is not (WebhookEvent.Connect or WebhookEvent.Publish)))
            {
                _senders.Add(new NoticeSender(endpoint, client, random, time, metrics, logs.CreateLogger<NoticeSender>()));
            }

            void Add(List<Question> questions, WebhookEvent what)
            {
                if (endpoint.Wants(what))
                {
                    questions.Add(new Question(endpoint, what, client, random, time, metrics, logs.CreateLogger<Question>()));
                }
            }
        }

        Questions = new QuestionBook(_options, [.. connect], [.. publish], time);
        Notices = new NoticeBoard(_senders, random, time);
    }

    public QuestionBook Questions { get; }

    public NoticeBoard Notices { get; }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(_senders.Select(sender => sender.StopAsync(_options.StopTimeout, cancellationToken)));

    public void Dispose()
    {
        _senders.ForEach(static sender => sender.Dispose());
        _clients.ForEach(static client => client.Dispose());
    }
}
