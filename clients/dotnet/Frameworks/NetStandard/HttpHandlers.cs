namespace Switchboard.Client.Frameworks;

/// <summary>Makes what carries HTTP requests, as the options say.</summary>
internal static class HttpHandlers
{
    public static HttpClientHandler Create(SwitchboardClientOptions options)
    {
        HttpClientHandler handler = new();
        if (options.Proxy is not null)
        {
            handler.Proxy = options.Proxy;
        }

        if (options.CertificateValidation is { } validation)
        {
            handler.ServerCertificateCustomValidationCallback =
                (request, certificate, chain, errors) => validation(request, certificate, chain, errors);
        }

        return handler;
    }
}
