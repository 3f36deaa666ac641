using System.Security.Cryptography;
using Switchboard.Gateway.Identity.Tokens.Keys;

namespace Switchboard.Gateway.Identity.Tokens;

/// <summary>One key that tokens are signed with, as the configuration has it.</summary>
public sealed class TokenKeyOptions
{
    /// <summary>Its name, which tokens give as "kid". Tokens without one are verified if no other key has its algorithm.</summary>
    public string Id { get; set; } = string.Empty;

    /// <summary>The one algorithm that it is for.</summary>
    public TokenAlgorithm Algorithm { get; set; }

    /// <summary>HS256: the secret in base64, 32 bytes at least. Better in a file, or in the environment.</summary>
    public string Secret { get; set; } = string.Empty;

    /// <summary>HS256: a file with the secret, in base64.</summary>
    public string SecretFile { get; set; } = string.Empty;

    /// <summary>RS256, ES256: a file with the public key in PEM.</summary>
    public string PublicKeyFile { get; set; } = string.Empty;

    /// <summary>Says what is wrong; nothing where all is well. Reads the files.</summary>
    public IEnumerable<string> Validate()
    {
        if (Problem() is { } problem)
        {
            yield return problem;
        }
    }

    /// <exception cref="InvalidDataException">It is not valid.</exception>
    internal TokenKey Create()
    {
        string? id = Id.Length == 0 ? null : Id;
        return Algorithm switch
        {
            TokenAlgorithm.HS256 => new HmacTokenKey(id, ReadSecret()),
            TokenAlgorithm.RS256 => new RsaTokenKey(id, Import(RSA.Create())),
            _ => new EcdsaTokenKey(id, Import(ECDsa.Create())),
        };
    }

    private string? Problem()
    {
        bool isSecret = Algorithm == TokenAlgorithm.HS256;
        if (!Enum.IsDefined(Algorithm))
        {
            return $"{nameof(Algorithm)} must be one of {string.Join(", ", Enum.GetNames<TokenAlgorithm>())}";
        }

        if (isSecret && (PublicKeyFile.Length > 0 || Secret.Length == 0 == (SecretFile.Length == 0)))
        {
            return $"an HS256 key has either {nameof(Secret)} or {nameof(SecretFile)}, and nothing else";
        }

        if (!isSecret && (PublicKeyFile.Length == 0 || Secret.Length + SecretFile.Length > 0))
        {
            return $"an RS256 or ES256 key has {nameof(PublicKeyFile)}, and nothing else";
        }

        try
        {
            Create();
            return null;
        }
        catch (Exception e) when (
            e is InvalidDataException or CryptographicException or IOException or UnauthorizedAccessException)
        {
            return e.Message;
        }
    }

    private byte[] ReadSecret()
    {
        string text = (Secret.Length > 0 ? Secret : File.ReadAllText(SecretFile)).Trim();
        string standard = text.TrimEnd('=').Replace('-', '+').Replace('_', '/');
        byte[] secret = new byte[text.Length];
        return Convert.TryFromBase64String(standard.PadRight((standard.Length + 3) / 4 * 4, '='), secret, out int length)
            ? secret[..length]
            : throw new InvalidDataException(
                "a secret must be in base64; make one with \"openssl rand -base64 32\"");
    }

    private TKey Import<TKey>(TKey key)
        where TKey : AsymmetricAlgorithm
    {
        string pem = File.ReadAllText(PublicKeyFile);
        if (pem.Contains("PRIVATE KEY", StringComparison.Ordinal))
        {
            throw new InvalidDataException($"{nameof(PublicKeyFile)} holds a private key; give the public one only");
        }

        try
        {
            key.ImportFromPem(pem);
            return key;
        }
        catch (ArgumentException)
        {
            throw new InvalidDataException($"{nameof(PublicKeyFile)} holds no public key in PEM");
        }
    }
}
