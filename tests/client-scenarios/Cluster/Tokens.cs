using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Switchboard.ClientScenarios.Tests.Cluster;

/// <summary>Gives out tokens (RFC 7519, HS256), as an application's own server does.</summary>
internal static class Tokens
{
    // How long before its token's end a client is told.
    private static readonly TimeSpan Warning = TimeSpan.FromSeconds(28);

    /// <summary>The life of a token that lasts.</summary>
    public static TimeSpan Long { get; } = TimeSpan.FromHours(1);

    /// <summary>Of one whose end is told soon, with time enough to do something about it.</summary>
    public static TimeSpan Short { get; } = Warning + TimeSpan.FromSeconds(2);

    /// <summary>Of one whose end is near.</summary>
    public static TimeSpan VeryShort { get; } = TimeSpan.FromSeconds(5);

    private static readonly byte[] Secret = RandomNumberGenerator.GetBytes(32);

    /// <summary>The arguments that make edges take them.</summary>
    public static string[] Settings { get; } =
    [
        $"--Switchboard:Gateway:Access:Tokens:Keys:0:Secret={Convert.ToBase64String(Secret)}",
        "--Switchboard:Gateway:Access:Tokens:ClockSkew=00:00:00",
        $"--Switchboard:Gateway:Access:Tokens:Warning={Warning}",
        "--Switchboard:Gateway:Access:Tokens:Grace=00:00:00",
        "--Switchboard:Gateway:Access:Rules:0:Rooms=*",
        "--Switchboard:Gateway:Access:Rules:0:Allow:0=Room",
    ];

    /// <summary>A token that ends in so long.</summary>
    public static string For(string user, TimeSpan life)
    {
        string head = Encode("""{"alg":"HS256","typ":"JWT"}""");
        string end = DateTimeOffset.UtcNow.Add(life).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        string claims = Encode($$"""{"sub":"{{user}}","exp":{{end}}}""");
        byte[] signature = HMACSHA256.HashData(Secret, Encoding.ASCII.GetBytes($"{head}.{claims}"));
        return $"{head}.{claims}.{Base64Url.EncodeToString(signature)}";
    }

    private static string Encode(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
}
