using System.Text;

namespace Switchboard.Fuzz.Targets;

/// <summary>Bodies of the HTTP fallbacks to begin with.</summary>
internal static class FallbackSeeds
{
    private static readonly string[] Bodies =
    [
        "{}",
        """{"resume":"W0sPnVNvQ8yNbYV9mzH1kA.Zk1m","positions":{"rooms":{"lobby":{"epoch":"00c0ffee00c0ffee","offset":1}}},"wait":25}""",
        """{"commands":[{"type":"join","id":1,"room":"r"},{"type":"publish","room":"r","data":[1,{"a":null}]}],"seq":3}""",
        """{"commands":[{"type":"publish","room":"r","base64":"AAEC\/w=="},{"base64":"x","type":"ping"},1,"two",[],null]}""",
        """{"presence":{"lobby":9007199254740991,"\u00e9":0},"close":true,"wait":0}""",
        """ { "close" : false , "commands" : [ ] , "unknown" : { "commands" : [ 1 ] } } """,
    ];

    private static readonly string[] Fields =
    [
        "\"commands\":[", "\"base64\":\"AAEC\"", "\"resume\":\"t\"", "\"positions\":{", "\"presence\":{", "\"wait\":1",
        "\"seq\":1", "\"close\":true", "AA==", "=", "\"b\\u0061se64\":\"\"",
    ];

    public static readonly byte[][] Dictionary = [.. Fields.Select(Encoding.UTF8.GetBytes), .. EnvelopeSeeds.Dictionary];

    // In front of each stands the byte that says text, as with single commands.
    public static IEnumerable<byte[]> All => Bodies.Select(body => (byte[])[0, .. Encoding.UTF8.GetBytes(body)]);
}
