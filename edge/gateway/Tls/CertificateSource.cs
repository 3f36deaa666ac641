using System.Net.Security;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;

namespace Switchboard.Gateway.Tls;

/// <summary>
/// The certificate of the configured files. They are looked at again and again, rather than watched: a mounted secret is
/// replaced in ways that no watcher sees everywhere. What can't be used is logged, and the old one stays.
/// </summary>
internal sealed partial class CertificateSource : IDisposable
{
    private readonly TlsOptions _options;
    private readonly ILogger _logger;
    private readonly ITimer _timer;
    private CertificateFile _seen;
    private volatile SslStreamCertificateContext _current;
    private string? _problem;
    private int _looking;

    /// <exception cref="InvalidOperationException">The files can't be used; the message says which setting to look at.</exception>
    public CertificateSource(TlsOptions options, TimeProvider time, ILogger<CertificateSource> logger)
    {
        _options = options;
        _logger = logger;
        try
        {
            _seen = CertificateFile.Read(options);
            _current = _seen.Load(options.Password);
        }
        catch (Exception e) when (IsExpected(e))
        {
            throw new InvalidOperationException(
                $"the certificate can't be used, see Switchboard:Tls ({options.CertificatePath}): {e.Message}", e);
        }

        _timer = time.CreateTimer(static source => ((CertificateSource)source!).Look(), this, options.Reload, options.Reload);
    }

    /// <summary>What new connections are served with.</summary>
    public SslStreamCertificateContext Current => _current;

    public void Dispose() => _timer.Dispose();

    private static bool IsExpected(Exception e) =>
        e is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException;

    private void Look()
    {
        // A look that takes longer than the period is not overtaken by the next one.
        if (Interlocked.Exchange(ref _looking, 1) != 0)
        {
            return;
        }

        try
        {
            CertificateFile now = CertificateFile.Read(_options);
            if (!now.IsSame(_seen))
            {
                _current = now.Load(_options.Password);
                _seen = now;
                LogLoaded(_logger, _options.CertificatePath, _current.TargetCertificate.Thumbprint, _current.TargetCertificate.NotAfter);
            }

            _problem = null;
        }
        catch (Exception e) when (IsExpected(e))
        {
            // Once for each problem: it may last.
            if (_problem != e.Message)
            {
                _problem = e.Message;
                LogFailed(_logger, _options.CertificatePath, e);
            }
        }
        finally
        {
            Volatile.Write(ref _looking, 0);
        }
    }

    [LoggerMessage(1, LogLevel.Information, "The certificate {Path} was loaded anew: {Thumbprint}, valid until {NotAfter:u}")]
    private static partial void LogLoaded(ILogger logger, string path, string thumbprint, DateTime notAfter);

    [LoggerMessage(2, LogLevel.Error, "The certificate {Path} has changed and can't be used; the one before stays")]
    private static partial void LogFailed(ILogger logger, string path, Exception exception);
}
