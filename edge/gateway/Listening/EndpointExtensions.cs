using System.Net;
using System.Net.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Switchboard.Gateway.Tls;

namespace Switchboard.Gateway;

/// <summary>Lets a program listen where it is configured to, with the gateway's certificate and the API's own address.</summary>
public static class EndpointExtensions
{
    private static readonly string[] UrlKeys =
        [WebHostDefaults.ServerUrlsKey, WebHostDefaults.HttpPortsKey, WebHostDefaults.HttpsPortsKey];

    /// <summary>
    /// Listens on the addresses of the configuration. Those of "Kestrel:Endpoints" are Kestrel's; where there are none, the
    /// ones of "urls", "http_ports" and "https_ports" are taken over here if there is a certificate or an address of the
    /// API's own: https with that certificate, over HTTP/1.1 and HTTP/2, and WebSockets raw behind TLS. Kestrel's own limits are those
    /// of "Kestrel:Limits".
    /// </summary>
    /// <param name="builder">The program.</param>
    /// <param name="tls">The certificate; read and validated.</param>
    /// <param name="apiUrl">The API's own address; null for none.</param>
    /// <param name="defaultUrl">Where to listen if nothing is configured.</param>
    /// <exception cref="InvalidOperationException">There is a certificate for addresses that are Kestrel's.</exception>
    /// <exception cref="FormatException">An address can't be read.</exception>
    public static void UseSwitchboardEndpoints(
        this WebApplicationBuilder builder, TlsOptions tls, string? apiUrl, string defaultUrl)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(tls);
        builder.WebHost.ConfigureKestrel(kestrel => builder.Configuration.GetSection("Kestrel:Limits").Bind(kestrel.Limits));
        bool byKestrel = builder.Configuration.GetSection("Kestrel:Endpoints").Exists();
        string[] urls = byKestrel ? [] : [.. Urls(builder.Configuration)];
        if (urls.Length == 0 && !byKestrel)
        {
            urls = [defaultUrl];
            builder.WebHost.UseUrls(urls);
        }

        if (!tls.IsConfigured && apiUrl is null)
        {
            return;
        }

        if (tls.IsConfigured)
        {
            if (byKestrel)
            {
                throw new InvalidOperationException(
                    "Switchboard:Tls is for the addresses of --urls; those of Kestrel:Endpoints have certificates of their own");
            }

            builder.Services.AddSingleton(services => new CertificateSource(
                tls, services.GetRequiredService<TimeProvider>(), services.GetRequiredService<ILogger<CertificateSource>>()));
        }

        // Kestrel would warn that it passes over what is taken over here.
        Array.ForEach(UrlKeys, key => builder.WebHost.UseSetting(key, string.Empty));
        builder.Services.PostConfigure<KestrelServerOptions>(kestrel =>
        {
            // After everything else is configured: the endpoint defaults count from where they are set.
            CertificateSource? source = kestrel.ApplicationServices.GetService<CertificateSource>();
            foreach (string url in apiUrl is null ? urls : [.. urls, apiUrl])
            {
                Listen(kestrel, BindingAddress.Parse(url), source);
            }
        });
    }

    private static IEnumerable<string> Urls(ConfigurationManager configuration)
    {
        string[] urls = Split(configuration[WebHostDefaults.ServerUrlsKey]);
        return urls.Length > 0
            ? urls
            : Split(configuration[WebHostDefaults.HttpPortsKey]).Select(static port => $"http://*:{port}")
                .Concat(Split(configuration[WebHostDefaults.HttpsPortsKey]).Select(static port => $"https://*:{port}"));
    }

    private static string[] Split(string? list) =>
        list?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    private static void Listen(KestrelServerOptions kestrel, BindingAddress address, CertificateSource? source)
    {
        void Configure(ListenOptions endpoint)
        {
            if (address.Scheme != "https")
            {
                return;
            }

            if (source is null)
            {
                endpoint.UseHttps();
            }
            else
            {
                endpoint.UseHttps(new TlsHandshakeCallbackOptions
                {
                    OnConnection = _ => new(new SslServerAuthenticationOptions { ServerCertificateContext = source.Current }),
                });
            }

            // The endpoint defaults look at what comes before TLS; this, at what is inside.
            endpoint.UseSwitchboard();
        }

        if (address.IsUnixPipe)
        {
            kestrel.ListenUnixSocket(address.UnixPipePath, Configure);
        }
        else if (address.Host == "localhost" && address.Port != 0)
        {
            kestrel.ListenLocalhost(address.Port, Configure);
        }
        else if (IPAddress.TryParse(address.Host.Trim('[', ']'), out IPAddress? ip))
        {
            kestrel.Listen(ip, address.Port, Configure);
        }
        else
        {
            kestrel.ListenAnyIP(address.Port, Configure);
        }
    }
}
