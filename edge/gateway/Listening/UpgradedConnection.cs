using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Switchboard.Gateway.Listening;

/// <summary>The stream of an upgraded request, as a connection. Its socket is the web server's to shut down.</summary>
internal sealed class UpgradedConnection : ConnectionContext, IDuplexPipe
{
    private readonly HttpContext _context;

    public UpgradedConnection(HttpContext context, Stream stream)
    {
        _context = context;
        ConnectionId = context.Connection.Id;
        Input = PipeReader.Create(stream, new StreamPipeReaderOptions(leaveOpen: true, useZeroByteReads: true));
        Output = PipeWriter.Create(stream, new StreamPipeWriterOptions(leaveOpen: true));
        Features = new FeatureCollection();
        if (context.Features.Get<ITlsConnectionFeature>() is { } tls)
        {
            Features.Set(tls);
        }
    }

    public override string ConnectionId { get; set; }

    public override IFeatureCollection Features { get; }

    public override IDictionary<object, object?> Items { get; set; } = new Dictionary<object, object?>();

    public override IDuplexPipe Transport
    {
        get => this;
        set => throw new NotSupportedException();
    }

    public PipeReader Input { get; }

    public PipeWriter Output { get; }

    public override void Abort(ConnectionAbortedException abortReason) => _context.Abort();
}
