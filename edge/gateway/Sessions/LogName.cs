using System.Globalization;
using System.Text;

namespace Switchboard.Gateway.Sessions;

/// <summary>
/// A name that a client chose, as it stands in the log: what is not a visible character of ASCII is escaped, so that it
/// neither begins a line nor turns one around. Written only where somebody takes the line.
/// </summary>
internal readonly record struct LogName(string Name)
{
    public override string ToString()
    {
        StringBuilder text = new(Name.Length);
        foreach (char c in Name)
        {
            if (c is >= '!' and <= '~' and not '\\')
            {
                text.Append(c);
            }
            else
            {
                text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            }
        }

        return text.ToString();
    }
}
