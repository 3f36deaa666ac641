using Switchboard.Core.Backplane;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;
using Switchboard.Gateway.Fanout;
using Switchboard.Gateway.Tests.Testing;
using Switchboard.Gateway.WebSockets;

namespace Switchboard.Gateway.Tests.Fanout;

public sealed class LocalFeedTests
{
    private static readonly FeedId Id = new(FeedKind.Room, "r");

    [Fact]
    public async Task Deliver_WhileOthersLeaveAndCome_ReachesEachOfTheRestOnce()
    {
        LocalFeed feed = new(Id);
        (SessionRig Rig, FeedMember Member)[] members = Join(feed, 600);
        List<(SessionRig Rig, FeedMember Member)> late = [];
        int[] gone = [0, 50, 255, 256, 300, 511, 512, 599];

        // In the middle of the first slice; so many come that the table has to grow meanwhile.
        HookedEntries entries = new([SessionRig.Entry(1)], at: 100, () =>
        {
            Assert.All(gone, index => Assert.False(feed.Remove(members[index].Member)));
            for (int i = 0; i < 700; i++)
            {
                SessionRig rig = new();
                FeedMember member = new(rig.Session, feed);
                Assert.True(feed.TryAdd(member));
                late.Add((rig, member));
            }
        });
        feed.Deliver(entries);
        Assert.True(entries.Happened);
        late.ForEach(one => SessionRig.GoLive(one.Member, head: 1));
        feed.Deliver([SessionRig.Entry(2)]);

        for (int i = 0; i < members.Length; i++)
        {
            // Whoever stood before the one at which it happened had the first message already.
            long[] expected = !gone.Contains(i) ? [1, 2] : i <= 50 ? [1] : [];
            await members[i].Rig.ShouldGetAsync(expected);
        }

        foreach ((SessionRig rig, _) in late)
        {
            await rig.ShouldGetAsync(2);
        }

        await DisposeAsync([.. members, .. late]);
    }

    [Fact]
    public async Task Member_WhileItJoins_GetsWhatLiesBehindItsHeadInOrder()
    {
        LocalFeed feed = new(Id);
        await using SessionRig rig = new();
        FeedMember member = new(rig.Session, feed);
        feed.TryAdd(member);
        feed.Deliver([SessionRig.Entry(3), SessionRig.Entry(4)]);
        feed.Deliver([SessionRig.Entry(5), SessionRig.Entry(6)]);
        await rig.ShouldGetAsync();

        Position head = new(new Epoch(1), 4);
        feed.GoLive(member, new Recovery(head, RecoveryOutcome.Recovered, [SessionRig.Entry(2), SessionRig.Entry(4)]), null);
        feed.Deliver([SessionRig.Entry(7), SessionRig.Entry(8)]);

        await rig.ShouldGetAsync(2, 4, 5, 6, 7, 8);
    }

    [Fact]
    public async Task Batch_ThatReachesBackBehindAHead_IsCutForThatMemberOnly()
    {
        LocalFeed feed = new(Id);
        await using SessionRig early = new();
        await using SessionRig late = new();
        early.Join(feed);
        late.Join(feed, head: 2);

        FeedEntry fleeting = SessionRig.Entry(0, deliveryClass: DeliveryClass.Volatile);
        feed.Deliver([SessionRig.Entry(1), SessionRig.Entry(2), fleeting, SessionRig.Entry(3)]);

        await early.ShouldGetAsync(1, 2, 0, 3);
        await late.ShouldGetAsync(0, 3);
    }

    [Fact]
    public async Task Batch_WithMessagesThatExceptTheirSender_IsCutForTheSenderOnly()
    {
        LocalFeed feed = new(Id);
        await using SessionRig ann = new(id: "ann");
        await using SessionRig bob = new(id: "bob");
        ann.Join(feed);
        bob.Join(feed);
        Sender byAnn = new(new UserName("u"), new ConnectionId("ann"));

        feed.Deliver(
            [SessionRig.Entry(1, byAnn), SessionRig.Entry(2), SessionRig.Entry(3, byAnn), SessionRig.Entry(4, byAnn)]);
        feed.Deliver([SessionRig.Entry(5, byAnn)]);

        await ann.ShouldGetAsync(2);
        await bob.ShouldGetAsync(1, 2, 3, 4, 5);
    }

    [Fact]
    public async Task Feed_WhoseMembersComeAndGo_KeepsItsPlacesTogether()
    {
        LocalFeed feed = new(Id);
        (SessionRig Rig, FeedMember Member)[] members = Join(feed, 64);
        foreach ((_, FeedMember member) in members[1..])
        {
            Assert.False(feed.Remove(member));
        }

        // The table is full of holes: the next one makes room by closing them, and no place is used twice.
        (SessionRig Rig, FeedMember Member)[] next = Join(feed, 40);
        Assert.All(next, one => Assert.InRange(one.Member.Index, 1, 63));
        Assert.Equal(41, next.Select(one => one.Member.Index).Append(members[0].Member.Index).Distinct().Count());
        feed.Deliver([SessionRig.Entry(1)]);

        await members[0].Rig.ShouldGetAsync(1);
        foreach ((SessionRig rig, _) in next)
        {
            await rig.ShouldGetAsync(1);
        }

        await DisposeAsync([.. members, .. next]);
    }

    [Fact]
    public async Task Feed_WhoseLastMemberLeft_IsGivenUpAndTakesNobody()
    {
        LocalFeed feed = new(Id);
        await using SessionRig ann = new();
        await using SessionRig bob = new();
        FeedMember first = ann.Join(feed);
        FeedMember second = bob.Join(feed);

        Assert.False(feed.Remove(first));
        Assert.False(feed.Remove(first));
        Assert.True(feed.Remove(second));
        Assert.False(feed.TryAdd(new FeedMember(ann.Session, feed)));
    }

    [Fact]
    public async Task Loss_IsToldOnceToWhomItConcernsAndWhatLiesBeforeItIsNotDelivered()
    {
        LocalFeed feed = new(Id);
        await using SessionRig early = new();
        await using SessionRig late = new();
        early.Join(feed, head: 1);
        late.Join(feed, head: 9);

        feed.Lose(new Position(new Epoch(1), 5));
        feed.Deliver([SessionRig.Entry(4), SessionRig.Entry(5), SessionRig.Entry(6)]);
        feed.Deliver([SessionRig.Entry(10)]);

        // The first one's 5 is the loss itself.
        await early.ShouldGetAsync(5, 6, 10);
        await late.ShouldGetAsync(10);
    }

    [Fact]
    public async Task Delivery_ThatFailsAtAMember_LeavesNothingForTheNext()
    {
        LocalFeed feed = new(Id);
        int buffers = SharedBuffer.Outstanding;
        (SessionRig Rig, FeedMember Member)[] members = Join(feed, 64);
        await using SessionRig failing = new(new CountingCodec { FailsAt = 2 });
        FeedMember last = failing.Join(feed);
        Assert.Throws<InvalidOperationException>(() => feed.Deliver([SessionRig.Entry(1), SessionRig.Entry(2)]));

        // What was encoded for the others before it is not sent again in place of this.
        feed.Deliver([SessionRig.Entry(3)]);
        foreach ((SessionRig rig, _) in members)
        {
            await rig.ShouldGetAsync(1, 2, 3);
        }

        await failing.ShouldGetAsync(3);

        // Nor does the table grow for good as if the failed delivery were still going through it.
        Assert.All(members[1..], one => Assert.False(feed.Remove(one.Member)));
        Assert.False(feed.Remove(last));
        (SessionRig Rig, FeedMember Member)[] next = Join(feed, 100);
        Assert.All(next, one => Assert.InRange(one.Member.Index, 1, 127));

        await DisposeAsync([.. members, .. next]);
        Assert.Equal(buffers, SharedBuffer.Outstanding);
    }

    private static (SessionRig Rig, FeedMember Member)[] Join(LocalFeed feed, int count)
    {
        (SessionRig, FeedMember)[] members = new (SessionRig, FeedMember)[count];
        for (int i = 0; i < count; i++)
        {
            SessionRig rig = new();
            members[i] = (rig, rig.Join(feed));
        }

        return members;
    }

    private static async Task DisposeAsync((SessionRig Rig, FeedMember Member)[] members)
    {
        foreach ((SessionRig rig, _) in members)
        {
            await rig.DisposeAsync();
        }
    }
}
