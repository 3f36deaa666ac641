using System.Text;

namespace Switchboard.Fuzz.Targets;

/// <summary>Requests that are worth changing: the first byte picks the route.</summary>
internal static class ApiSeeds
{
    private static readonly string[] Bodies =
    [
        """{"room":"r","data":{"a":[1,2.50,"\u00e4"]},"key":"k","class":"reliable"}""",
        """{"rooms":["a","b"],"data":null,"class":"latest","slot":"s"}""",
        """{"room":"r","base64":"AAEC/w==","class":"volatile"}""",
        """{"user":"ann","data":"x"}""",
        """{"connection":"W0sPnVNvQ8yNbYV9mzH1kA","data":1}""",
        """{"connection":"c","room":"r","presence":true,"state":{"a":1}}""",
        """{"connection":"c","room":"r","reason":"enough"}""",
        """{"user":"ann","seconds":60,"reason":"spam"}""",
        """{"user":"ann","seconds":60,"caps":[{"rooms":"chat.*","allow":["join","publish"]},{"users":"*","allow":["send"]}]}""",
        """{"room":"r","seconds":60,"allow":["join","history"]}""",
        """{"user":"ann"}""",
        "room=r&after=8a1c5be07d3f2946:4711&limit=2&order=oldest",
        "room=r&before=8a1c5be07d3f2946:1&order=newest",
        "pattern=a*b&after=a%2Fb&limit=1000",
        "user=%C3%A4&limit=1",
        "connection=c",
    ];

    public static IEnumerable<byte[]> All(int routes) =>
        from route in Enumerable.Range(0, routes)
        from body in Bodies
        select (byte[])[(byte)route, .. Encoding.UTF8.GetBytes(body)];

    public static IReadOnlyList<byte[]> Dictionary { get; } =
    [
        .. new[]
        {
            "\"room\":", "\"rooms\":", "\"user\":", "\"connection\":", "\"data\":", "\"base64\":", "\"class\":", "\"slot\":",
            "\"key\":", "\"state\":", "\"presence\":", "\"reason\":", "\"seconds\":", "\"caps\":", "\"users\":", "\"allow\":",
            "\"latest\"", "\"volatile\"", "null", "true", "{}", "[]", "[[[[[[[[", "\\ud800", "\\u0000", "1e400", "-1", "&limit=",
            "&after=", "&before=", "&order=", "%00", "%ff", "*", "9007199254740992", "\u00e9", "}{",
        }.Select(Encoding.UTF8.GetBytes),
        [0xC3, 0x28], [0xFF], [0xEF, 0xBB, 0xBF],
    ];
}
