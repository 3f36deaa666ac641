using System.Diagnostics;
using Switchboard.Faults.Sessions;

namespace Switchboard.Faults;

/// <summary>Publishes at a fixed rate, all members taking turns.</summary>
internal sealed class Pacer(IReadOnlyList<Member> members, int rate, long begin)
{
    private long _published;
    private int _turn;

    /// <summary>Publishes what is due by <paramref name="now"/>. A message counts from when it was due.</summary>
    public void Tick(long now)
    {
        while (true)
        {
            var dueAt = begin + (long)(_published * (double)Stopwatch.Frequency / rate);
            if (dueAt > now || NextMember() is not { } member)
            {
                return;
            }

            member.Publish(dueAt);
            _published++;
        }
    }

    private Member? NextMember()
    {
        for (var tried = 0; tried < members.Count; tried++)
        {
            var member = members[_turn];
            _turn = (_turn + 1) % members.Count;
            if (!member.IsOver)
            {
                return member;
            }
        }

        return null;
    }
}
