using System.Text;

namespace Switchboard.Fuzz.Targets;

/// <summary>Answers of an application to begin with.</summary>
internal static class WebhookSeeds
{
    private static readonly string[] Answers =
    [
        "{}",
        """{"allow":true}""",
        """{"allow":false,"code":"not_yours","message":"ask \"him\" \u00e9"}""",
        """{"allow":true,"user":"ann","rooms":["lobby","caf\u00e9",""]}""",
        """{"allow":true,"data":{"a":[1,2.5e3,null,true,"\ud83d\ude00"]},"unknown":{"allow":false}}""",
        """ { "user" : null , "rooms" : null , "code" : null , "message" : null , "data" : null , "allow" : true } """,
        """{"allow":true,"allow":false}""",
        """{"allow":true,"user":"\ud800"}""",
        "[]",
        "null",
    ];

    private static readonly string[] Pieces =
    [
        "\"allow\":true", "\"allow\":false", "\"code\":\"refused\"", "\"message\":\"", "\"user\":\"ann\"", "\"rooms\":[\"r\"]", "\"data\":",
        "\"\\u0061llow\":true", "\\ud800", "\\u0000", "null", "{", "}", "[", "]", ",", "[[[[[[[[[[[[[[[[", "]]]]]]]]]]]]]]]]", "\"r\",\"r\",\"r\",\"r\",",
    ];

    public static readonly byte[][] Dictionary = [.. Pieces.Select(Encoding.UTF8.GetBytes)];

    public static IEnumerable<byte[]> All => Answers.Select(Encoding.UTF8.GetBytes);
}
