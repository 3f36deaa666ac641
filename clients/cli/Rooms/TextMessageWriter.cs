using System.Globalization;
using Switchboard.Cli.Output;
using Switchboard.Client;

namespace Switchboard.Cli.Rooms;

/// <summary>For people: local time, sender, text.</summary>
internal sealed class TextMessageWriter(TextWriter writer, bool hasColours) : IMessageWriter
{
    private const string Grey = "\e[90m";
    private const string Cyan = "\e[36m";
    private const string Red = "\e[31m";
    private const string Reset = "\e[0m";

    public void Write(RoomMessage message)
    {
        string time = message.Time.ToLocalTime().ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture);
        string text = message.IsBinary ? $"({message.Data.Length} bytes)" : PlainText.Of(message.ReadText());
        writer.WriteLine($"{Paint(time, Grey)}  {Paint(PlainText.Of(message.From?.User ?? "(server)"), Cyan)}  {text}");
    }

    public void WriteLost(Loss loss) =>
        writer.WriteLine(Paint($"-- lost: what came after {loss.From} up to {loss.To} ({PlainText.Of(loss.Reason)})", Red));

    private string Paint(string text, string colour) => hasColours ? $"{colour}{text}{Reset}" : text;
}
