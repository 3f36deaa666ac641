using System.Text;

namespace Switchboard.Fuzz.Targets;

/// <summary>Commands to begin with, and pieces of JSON.</summary>
internal static class EnvelopeSeeds
{
    private const string Position = """{"epoch":"00c0ffee00c0ffee","offset":9007199254740991}""";

    private const string Positions =
        """{"user":POSITION,"connection":POSITION,"rooms":{"lobby":POSITION,"é":POSITION}}""";

    private static readonly string[] Commands =
    [
        """{"type":"ping","id":1}""",
        """{"type":"connect","id":2}""",
        """{"type":"connect","resume":"W0sPnVNvQ8yNbYV9mzH1kA.Zk1m","positions":POSITIONS}""",
        """{"type":"join","id":3,"room":"lobby","position":POSITION,"presence":true,"state":{"a":[1,{"b":null}]}}""",
        """{"type":"connect","id":2,"token":"eyJhbGciOiJIUzI1NiJ9.e30.AAAA"}""",
        """{"type":"join","id":3,"room":"lobby","token":"a\u002eb.c"}""",
        """{"type":"refresh","id":9,"room":"lobby","token":"a.b.c"}""",
        """{"type":"leave","id":4,"room":"lobby"}""",
        """{"type":"publish","id":5,"room":"lobby","data":{"text":"hello"},"key":"k-1","echo":false}""",
        """{"type":"publish","room":"lobby","class":"latest","slot":"cursor","data":[120,48]}""",
        """{"type":"publish","room":"lobby","class":"volatile","data":"typing"}""",
        """{"type":"send","id":6,"user":"bob","data":-1.5e+3,"key":"invite"}""",
        """{"type":"send","connection":"W0sPnVNvQ8yNbYV9mzH1kA","data":true}""",
        """{"type":"history","id":7,"room":"lobby","limit":100,"order":"newest"}""",
        """{"type":"history","feed":"user","after":POSITION,"order":"oldest"}""",
        """{"type":"history","feed":"connection","before":POSITION}""",
        """{"type":"presence","id":8,"room":"lobby"}""",
        """{"type":"state","id":9007199254740991,"room":"\u006cobby\ud83d\ude00","state":null}""",
        """{ "unknown" : [ ] , "type" : "ping" , "more" : { } }""",
    ];

    private static readonly string[] BinaryHeaders =
    [
        """{"type":"publish","room":"lobby","class":"latest","slot":"s","id":1}""",
        """{"type":"send","user":"bob","key":"k"}""",
        """{"type":"ping"}""",
    ];

    private static readonly string[] Pieces =
    [
        "{", "}", "[", "]", ":", ",", "\"", "\\", " ", "\n", "{}", "[]", "null", "true", "false", "0", "-0", "-1",
        "1.0", "1e5", "01", "1E+", "9007199254740992", "18446744073709551616", "\"\"", "\\u0000", "\\u001f", "\\u0041",
        "\\ud83d\\ude00", "\\ud83d", "\\ude00", "\\n", "\\/", "\\x", "\u0080", "\u009F", "\u007F", "é", "€", "😀",
        "\uFEFF",
        "\"type\":", "\"id\":", "\"room\":", "\"data\":", "\"state\":", "\"positions\":", "\"rooms\":", "\"resume\":", "\"token\":",
        "\"epoch\":", "\"offset\":", "\"t\\u0079pe\":", ",\"id\":7", ",\"key\":\"x\"", ",\"slot\":\"x\"",
        new string('[', 55), new string('[', 65), new string(']', 55), string.Concat(Enumerable.Repeat("{\"a\":", 56)),
        new string('}', 56), new string('a', 64), new string('a', 128), new string('é', 64), Position,
    ];

    private static readonly string[] Words =
        ["reliable", "latest", "volatile", "publish", "send", "join", "oldest", "newest", "user", "connection"];

    // Around the limits of names, keys and tokens.
    private static readonly int[] NameLengths = [63, 64, 65, 127, 128, 129, 256, 257];

    /// <summary>What may stand in the place of a value.</summary>
    public static readonly byte[][] Values =
    [
        .. Pieces.Where(piece => char.IsAsciiLetterOrDigit(piece[0]) || piece[0] is '-' or '{' or '[' or '"')
            .Concat(Words.Select(word => $"\"{word}\""))
            .Concat(NameLengths.Select(length => $"\"{new string('n', length)}\""))
            .Select(Encoding.UTF8.GetBytes),
    ];

    public static readonly byte[][] Dictionary =
        [.. Pieces.Select(Encoding.UTF8.GetBytes), [0xC2], [0xFF], [0xED, 0xA0, 0x80]];

    /// <summary>The commands as text.</summary>
    public static IEnumerable<string> Texts => Commands.Select(command => command
        .Replace("POSITIONS", Positions, StringComparison.Ordinal)
        .Replace("POSITION", Position, StringComparison.Ordinal));

    /// <summary>The headers of commands in binary.</summary>
    public static IReadOnlyList<string> Headers => BinaryHeaders;

    public static IEnumerable<byte[]> All
    {
        get
        {
            foreach (string command in Texts)
            {
                yield return [0, .. Encoding.UTF8.GetBytes(command)];
            }

            foreach (string header in BinaryHeaders)
            {
                byte[] bytes = Encoding.UTF8.GetBytes(header);
                yield return [1, 0, (byte)bytes.Length, .. bytes, 0, 1, 0xFF];
            }
        }
    }
}
