using Switchboard.Contract.Harness;
using Switchboard.Core.Backplane;
using Switchboard.Core.Identifiers;
using Switchboard.Core.Rooms;

namespace Switchboard.Contract;

/// <summary>Who is in a room: a snapshot, and changes that lead every watcher to the same state.</summary>
public abstract class PresenceContract(BackplaneHarness harness) : BackplaneContract(harness)
{
    [Fact]
    public async Task Join_Watching_ShowsEverybodyWithTheirState()
    {
        RoomName room = NewRoom();
        TestConnection[] members = await OpenManyAsync(3);
        await members[0].JoinAsync(room, state: """{"at":0}""");
        await members[1].JoinAsync(room);

        JoinResult result = await members[2].TryJoinAsync(room, presence: true, state: """{"at":"é"}""");

        PresenceSnapshot snapshot = result.Presence!;
        Assert.True(result.WantsPresence);
        Assert.Equal((PresenceMode.Full, 3), (snapshot.Mode, snapshot.Count));
        Assert.Equal(
            PresenceView.Lines(
            [
                new PresenceMember(members[0].User, members[0].Id, Message.Bytes("""{"at":0}""")),
                new PresenceMember(members[1].User, members[1].Id, default),
                new PresenceMember(members[2].User, members[2].Id, Message.Bytes("""{"at":"é"}""")),
            ]),
            PresenceView.Lines(snapshot.Members));
    }

    [Fact]
    public async Task Join_NotWatching_ShowsNobodyUnlessAsked()
    {
        RoomName room = NewRoom();
        TestConnection member = await First.OpenAsync(NewUser());

        JoinResult result = await member.TryJoinAsync(room);
        PresenceResult asked = await member.PresenceAsync(room);

        Assert.Equal((false, null), (result.WantsPresence, result.Presence));
        Assert.Equal((BackplaneStatus.Ok, 1), (asked.Status, asked.Presence!.Count));
        Assert.Equal(member.Id, Assert.Single(asked.Presence.Members).Connection);
    }

    [Fact]
    public async Task Changes_OnOneEdge_AreToldOnBoth()
    {
        RoomName room = NewRoom();
        TestConnection[] watchers = await OpenManyAsync(2);
        TestConnection other = await Second.OpenAsync(NewUser());
        foreach (TestConnection watcher in watchers)
        {
            await watcher.JoinAsync(room, presence: true);
        }

        await other.JoinAsync(room, state: "1");
        await AllSeeAsync(view => view.StateOf(other.Id) == "1" && view.Count == 3, "the join");
        Assert.Equal(BackplaneStatus.Ok, await other.SetStateAsync(room, "2"));
        await AllSeeAsync(view => view.StateOf(other.Id) == "2" && view.Count == 3, "the new state");
        Assert.Equal(BackplaneStatus.Ok, await other.SetStateAsync(room, ""));
        await AllSeeAsync(view => view.StateOf(other.Id) == "" && view.Count == 3, "no state");
        Assert.Equal(BackplaneStatus.Ok, await other.LeaveAsync(room));
        await AllSeeAsync(view => !view.Has(other.Id) && view.Count == 2, "the leave");

        async Task AllSeeAsync(Func<PresenceView, bool> isMet, string phase)
        {
            foreach (TestConnection watcher in watchers)
            {
                await watcher.PresenceAsync(room, isMet, phase);
            }
        }
    }

    [Fact]
    public async Task Changes_ManyFromBothEdges_LeadEverybodyToTheSameState()
    {
        const int Rounds = 25;
        RoomName room = NewRoom();
        TestConnection[] watchers = await OpenManyAsync(4);
        TestConnection[] restless = await OpenManyAsync(6);
        await Task.WhenAll(watchers[..2].Select(watcher => watcher.JoinAsync(room, presence: true)));

        Task[] working = [.. restless.Select((connection, index) => Task.Run(async () =>
        {
            for (int round = 0; round < Rounds; round++)
            {
                await connection.JoinAsync(room, state: $"joined in {round}");
                await connection.SetStateAsync(room, $"set in {round}");
                if (round < Rounds - 1 || index % 2 == 0)
                {
                    Assert.Equal(BackplaneStatus.Ok, await connection.LeaveAsync(room));
                }
            }
        }))];

        // Two begin to watch while all this goes on.
        await Task.WhenAll(watchers[2..].Select(watcher => watcher.JoinAsync(room, presence: true)));
        await Task.WhenAll(working).WithinAsync("joins, states and leaves");
        await watchers[0].SetStateAsync(room, "end");

        PresenceSnapshot truth = (await watchers[0].PresenceAsync(room)).Presence!;
        Assert.Equal(watchers.Length + (restless.Length / 2), truth.Count);
        foreach (TestConnection watcher in watchers)
        {
            await watcher.PresenceAsync(room, view => view.StateOf(watchers[0].Id) == "end", "the last change");
            Assert.Equal(PresenceView.Lines(truth.Members), watcher[room].Presence(view => view.Lines()));
            Assert.Equal(truth.Count, watcher[room].Presence(view => view.Count));
        }
    }

    [Fact]
    public async Task Resume_Watcher_HasASnapshotAndIsToldOnItsNewEdge()
    {
        RoomName room = NewRoom();
        TestConnection old = await First.OpenAsync(NewUser());
        TestConnection other = await Second.OpenAsync(NewUser());
        await old.JoinAsync(room, presence: true, state: "mine");
        await old.DetachAsync();
        await other.JoinAsync(room, state: "theirs");

        TestConnection resumed = await old.ResumeAsync(Second);

        Assert.Equal("mine", resumed[room].Presence(view => view.StateOf(old.Id)));
        Assert.Equal("theirs", resumed[room].Presence(view => view.StateOf(other.Id)));
        await other.LeaveAsync(room);
        await resumed.PresenceAsync(room, view => !view.Has(other.Id) && view.Count == 1, "the leave");
    }

    [Fact]
    public async Task Members_OfOneUser_AreShownOneByOne()
    {
        RoomName room = NewRoom();
        TestConnection phone = await First.OpenAsync(NewUser());
        TestConnection laptop = await Second.OpenAsync(phone.User);
        await phone.JoinAsync(room, presence: true);
        await laptop.JoinAsync(room);

        await phone.PresenceAsync(room, view => view.Has(laptop.Id), "the laptop");
        await laptop.CloseAsync();
        await phone.PresenceAsync(room, view => !view.Has(laptop.Id), "the laptop's end");

        Assert.True(phone[room].Presence(view => view.Has(phone.Id)));
    }

    [Fact]
    public async Task SetState_Refused_SaysWhyAndKeepsTheOldOne()
    {
        RoomName room = NewRoom();
        RoomName off = NewRoom(ContractOptions.Off);
        RoomName count = NewRoom(ContractOptions.Count);
        TestConnection member = await First.OpenAsync(NewUser());
        await member.JoinAsync(room, state: "old");
        await member.JoinAsync(off);
        await member.JoinAsync(count);
        string tooLarge = new('s', ContractOptions.MaxStateBytes + 1);

        Assert.Equal(BackplaneStatus.StateTooLarge, await member.SetStateAsync(room, tooLarge));
        Assert.Equal(BackplaneStatus.PresenceOff, await member.SetStateAsync(off, "{}"));
        Assert.Equal(BackplaneStatus.PresenceOff, await member.SetStateAsync(count, "{}"));
        PresenceSnapshot snapshot = (await member.PresenceAsync(room)).Presence!;
        Assert.Equal("old", Assert.Single(snapshot.Members).State.Text());
        Assert.Equal(BackplaneStatus.Ok, await member.SetStateAsync(room, tooLarge[1..]));
    }

    [Fact]
    public async Task Count_Watcher_IsToldHowManyAndNotWho()
    {
        RoomName room = NewRoom(ContractOptions.Count);
        TestConnection[] all = await OpenManyAsync(4);
        JoinResult joined = await all[0].TryJoinAsync(room, presence: true, state: "{}");
        Assert.True(joined.WantsPresence);
        Assert.Equal((PresenceMode.Count, 1), (joined.Presence!.Mode, joined.Presence.Count));
        Assert.Empty(joined.Presence.Members);

        foreach (TestConnection other in all[1..])
        {
            await other.JoinAsync(room);
        }

        await all[0].PresenceAsync(room, view => view.Count == 4, "all four");
        await all[3].CloseAsync();
        await all[2].LeaveAsync(room);
        await all[0].PresenceAsync(room, view => view.Count == 2, "the two that are left");

        PresenceResult asked = await all[1].PresenceAsync(room);
        Assert.Equal((BackplaneStatus.Ok, 2), (asked.Status, asked.Presence!.Count));
        Assert.Empty(asked.Presence.Members);
        Assert.Empty(all[0][room].Presence(view => view.Lines()));
    }

    [Fact]
    public async Task Off_Room_TellsNobody()
    {
        RoomName room = NewRoom(ContractOptions.Off);
        TestConnection member = await First.OpenAsync(NewUser());

        JoinResult joined = await member.TryJoinAsync(room, presence: true, state: "{}");

        Assert.Equal((BackplaneStatus.Ok, false, null), (joined.Status, joined.WantsPresence, joined.Presence));
        Assert.Equal(new PresenceResult(BackplaneStatus.PresenceOff, null), await member.PresenceAsync(room));
    }
}
