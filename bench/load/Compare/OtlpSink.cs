using System.Net;

namespace Switchboard.Load.Compare;

/// <summary>Takes what is exported by OTLP, counts the requests and throws them away.</summary>
internal sealed class OtlpSink : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly string _address = $"http://127.0.0.1:{ServerProcess.FreePort()}/";
    private long _metrics;
    private long _traces;

    private OtlpSink()
    {
        _listener.Prefixes.Add(_address);
        _listener.Start();
        new Thread(Serve) { IsBackground = true, Name = "sink" }.Start();
    }

    public long Metrics => Interlocked.Read(ref _metrics);

    public long Traces => Interlocked.Read(ref _traces);

    /// <summary>What a program is told to export here: metrics more often than by default, and one publish in a hundred.</summary>
    public string Settings =>
        $"--Switchboard:Telemetry:Endpoint={_address} --Switchboard:Telemetry:SamplingRatio=0.01 "
        + "--Switchboard:Telemetry:Period=00:00:05";

    public static OtlpSink Start() => new();

    public void Dispose() => _listener.Close();

    private void Serve()
    {
        try
        {
            while (true)
            {
                var context = _listener.GetContext();
                context.Request.InputStream.CopyTo(Stream.Null);
                switch (context.Request.Url!.AbsolutePath)
                {
                    case "/v1/metrics":
                        Interlocked.Increment(ref _metrics);
                        break;
                    case "/v1/traces":
                        Interlocked.Increment(ref _traces);
                        break;
                }

                context.Response.Close();
            }
        }
        catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException or InvalidOperationException)
        {
            // It was closed.
        }
    }
}
