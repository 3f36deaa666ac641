using Microsoft.Extensions.Logging;
using Switchboard.Gateway.Identity.Tokens.Keys;

namespace Switchboard.Gateway.Identity.Tokens;

/// <summary>Makes the verifier of the configured tokens, with what keeps its keys fresh.</summary>
internal sealed class TokenVerifierFactory(TimeProvider time, ILoggerFactory loggers) : IDisposable
{
    private readonly List<IDisposable> _owned = [];

    public ITokenVerifier Create(TokenOptions options)
    {
        List<IKeySource> sources = [new FixedKeys([.. options.Keys.Select(static key => key.Create())])];
        if (options.Jwks.File.Length > 0)
        {
            string file = options.Jwks.File;
            sources.Add(Rotating(file, () => File.ReadAllBytesAsync(file), secrets: true, options.Jwks));
        }

        if (options.Jwks.Url.Length > 0)
        {
            HttpClient http = CreateClient(options.Jwks);
            Uri url = new(options.Jwks.Url);
            sources.Add(Rotating(url.GetLeftPart(UriPartial.Path), () => http.GetByteArrayAsync(url), secrets: false, options.Jwks));
        }

        return new JwtVerifier(new KeyRing(sources), new ClaimRules(options, time), options.MaxBytes);
    }

    public void Dispose() => _owned.ForEach(static owned => owned.Dispose());

    // A redirect would be another address than the one that is trusted.
    private HttpClient CreateClient(JwksOptions options)
    {
        HttpClient http = new(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        })
        {
            Timeout = options.Timeout,
            MaxResponseContentBufferSize = options.MaxBytes,
        };
        _owned.Add(http);
        return http;
    }

    private RotatingKeys Rotating(string name, Func<Task<byte[]>> fetch, bool secrets, JwksOptions options)
    {
        RotatingKeys keys = new(name, fetch, secrets, options, time, loggers.CreateLogger<RotatingKeys>());
        _owned.Add(keys);
        return keys;
    }
}
