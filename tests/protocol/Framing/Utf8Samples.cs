namespace Switchboard.Protocol.Tests.Framing;

/// <summary>
/// The classic cases: the standard's table of ill-formed sequences, Kuhn's stress test, Autobahn's section 6.
/// </summary>
internal static class Utf8Samples
{
    public static readonly string[] Valid =
    [
        "", "00", "7F", "48656C6C6F",
        "C280", "DFBF", "E0A080", "E18080", "ECBFBF", "ED8080", "ED9FBF", "EE8080", "EFBFBF", "EFBFBD", "EFBBBF",
        "F0908080", "F09F9880", "F1808080", "F3BFBFBF", "F48FBFBF", "F48FBFBE", "EFB790", "EFBFBE",
        "CEBAE1BDB9CF83CEBCCEB5",
        "48656C6C6F2DC2B540C39FC3B6C3A4C3BCC3A0C3A12D5554462D382121",
        "E282AC31F09D849E32C3A9",
    ];

    public static readonly string[] Invalid =
    [
        // Continuation bytes alone, and after a whole sequence.
        "80", "BF", "8080", "80BF80", "C28080", "E2828080", "41BF41",

        // Overlong: of /, of NUL, of the last that each length must not encode.
        "C0AF", "E080AF", "F08080AF", "F8808080AF", "FC80808080AF", "C080", "E08080", "F0808080",
        "C1BF", "E09FBF", "F08FBFBF", "F887BFBFBF", "FC83BFBFBFBF",

        // Surrogates, alone and in pairs (CESU-8).
        "EDA080", "EDADBF", "EDAE80", "EDAFBF", "EDB080", "EDBE80", "EDBFBF", "EDA080EDB080", "EDAFBFEDBFBF",

        // Above U+10FFFF, and bytes that never occur.
        "F4908080", "F4BFBFBF", "F5808080", "F7BFBFBF", "F8888080", "FBBFBFBFBF", "FC8480808080", "FDBFBFBFBFBF",
        "FE", "FF", "FEFEFFFF", "41FF41",

        // Sequences that something else interrupts.
        "C220", "DF7F", "E020", "E1A020", "E28228", "EF20", "F09020", "F0908020", "F19080C2", "C2C280", "E282E282AC",
        "F09F98F09F9880",

        // Autobahn 6.3 and 6.4: valid Greek, then a surrogate or too great a scalar, then ASCII.
        "CEBAE1BDB9CF83CEBCCEB5EDA080656469746564",
        "CEBAE1BDB9CF83CEBCCEB5F4908080656469746564",
    ];

    public static readonly string[] Cut =
    [
        "C2", "DF", "E0", "E0A0", "E1", "E180", "ED", "ED9F", "EF", "EFBF", "F0", "F090", "F09080", "F1", "F180",
        "F18080", "F3BFBF", "F4", "F48F", "F48FBF", "41C3", "E282ACE282", "F09F9880F09F98",
    ];
}
