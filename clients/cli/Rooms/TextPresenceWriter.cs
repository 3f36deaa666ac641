using System.Globalization;
using System.Text;
using Switchboard.Cli.Output;
using Switchboard.Client;

namespace Switchboard.Cli.Rooms;

/// <summary>For people: a table, then a line for each change.</summary>
internal sealed class TextPresenceWriter(Terminal terminal) : IPresenceWriter
{
    public void WriteMembers(PresenceSnapshot members)
    {
        if (members.IsFull)
        {
            terminal.WriteTable(
                ["user", "connection", "state"],
                members.Members.Select(static member => (string[])[member.User, member.ConnectionId, StateOf(member)]));
        }

        terminal.Out.WriteLine(Count(members.Count));
    }

    public void WriteChange(PresenceChange change)
    {
        Write('+', change.Joined);
        Write('-', change.Left);
        Write('~', change.Updated);
        if (change.Joined.Count + change.Left.Count + change.Updated.Count == 0)
        {
            terminal.Out.WriteLine(Count(change.Count));
        }
    }

    private void Write(char sign, IReadOnlyList<Member> members)
    {
        foreach (Member member in members)
        {
            terminal.Out.WriteLine(
                $"{sign} {PlainText.Of(member.User)}  {PlainText.Of(member.ConnectionId)}  {PlainText.Of(StateOf(member))}".TrimEnd());
        }
    }

    private static string StateOf(Member member) => Encoding.UTF8.GetString(member.State.Span);

    private static string Count(int count) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? "member" : "members")}");
}
