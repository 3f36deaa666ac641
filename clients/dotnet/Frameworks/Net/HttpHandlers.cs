namespace Switchboard.Client.Frameworks;

/// <summary>Makes what carries HTTP requests, as the options say.</summary>
internal static class HttpHandlers
{
    public static SocketsHttpHandler Create(SwitchboardClientOptions options)
    {
        SocketsHttpHandler handler = new();
        if (options.Proxy is not null)
        {
            handler.Proxy = options.Proxy;
        }

        handler.SslOptions.RemoteCertificateValidationCallback = options.CertificateValidation;
        options.ConfigureHttp?.Invoke(handler);
        return handler;
    }
}
