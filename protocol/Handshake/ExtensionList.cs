using System.Text;

namespace Switchboard.Protocol.Handshake;

/// <summary>
/// Reads <c>Sec-WebSocket-Extensions</c> (RFC 6455 §9.1, whose grammar is RFC 2616's: white space may stand between any
/// two parts, and empty list elements are skipped).
/// </summary>
/// <example><c>extension-list = 1#( token *( ";" token [ "=" ( token | quoted-string ) ] ) )</c></example>
internal ref struct ExtensionList
{
    /// <summary>The most extensions in one list.</summary>
    public const int MaxExtensions = 16;

    /// <summary>The most parameters of one extension.</summary>
    public const int MaxParameters = 16;

    private ReadOnlySpan<char> _rest;

    /// <summary>Reads a whole header value; false where it is malformed, empty or over a maximum.</summary>
    public static bool TryParse(ReadOnlySpan<char> value, out List<Extension> extensions)
    {
        extensions = [];
        ExtensionList reader = new() { _rest = value };
        while (true)
        {
            while (reader.TrySkip(','))
            {
            }

            if (reader._rest.IsEmpty)
            {
                return extensions.Count > 0;
            }

            if (extensions.Count == MaxExtensions || reader.ReadExtension() is not { } extension)
            {
                return false;
            }

            extensions.Add(extension);
            if (!reader._rest.IsEmpty && reader._rest[0] != ',')
            {
                return false;
            }
        }
    }

    private Extension? ReadExtension()
    {
        if (ReadToken() is not { } name)
        {
            return null;
        }

        List<ExtensionParameter> parameters = [];
        while (TrySkip(';'))
        {
            if (parameters.Count == MaxParameters || ReadToken() is not { } parameter)
            {
                return null;
            }

            string? value = null;
            if (TrySkip('='))
            {
                value = _rest.StartsWith('"') ? ReadQuoted() : ReadToken();
                if (value is null)
                {
                    return null;
                }
            }

            parameters.Add(new ExtensionParameter(parameter, value));
        }

        return new Extension(name, parameters);
    }

    private bool TrySkip(char separator)
    {
        SkipSpace();
        if (!_rest.StartsWith(separator))
        {
            return false;
        }

        _rest = _rest[1..];
        SkipSpace();
        return true;
    }

    private void SkipSpace() => _rest = _rest.TrimStart(" \t");

    private string? ReadToken()
    {
        int length = _rest.IndexOfAnyExcept(HttpSyntax.Token) is >= 0 and int end ? end : _rest.Length;
        return length == 0 ? null : Take(length);
    }

    private string Take(int length)
    {
        string taken = _rest[..length].ToString();
        _rest = _rest[length..];
        SkipSpace();
        return taken;
    }

    // RFC 6455 §9.1: once unescaped, a quoted value must be a token.
    private string? ReadQuoted()
    {
        StringBuilder unquoted = new();
        for (int i = 1; i < _rest.Length; i++)
        {
            char c = _rest[i];
            if (c == '"')
            {
                _rest = _rest[(i + 1)..];
                SkipSpace();
                string value = unquoted.ToString();
                return HttpSyntax.IsToken(value) ? value : null;
            }

            if (c == '\\' && ++i < _rest.Length)
            {
                c = _rest[i];
            }

            unquoted.Append(c);
        }

        return null;
    }
}
