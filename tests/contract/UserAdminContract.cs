using Switchboard.Contract.Harness;
using Switchboard.Core.Backplane;
using Switchboard.Core.Connections;
using Switchboard.Core.Identifiers;
using Switchboard.Core.Users;

namespace Switchboard.Contract;

/// <summary>What a server sees of users and connections, and how it is rid of them.</summary>
public abstract class UserAdminContract(BackplaneHarness harness) : BackplaneContract(harness)
{
    [Fact]
    public async Task User_WithConnectionsOnBothEdges_ShowsThemPageByPage()
    {
        UserName user = NewUser();
        TestConnection first = await First.OpenAsync(user);
        TestConnection second = await Second.OpenAsync(user);
        await second.DetachAsync();

        UserView one = await First.Admin.InspectAsync(user, null, 1).WithinAsync("inspect");
        UserView other = await First.Admin.InspectAsync(user, one.Connections[0].Connection.Value, 10).WithinAsync("inspect");

        Assert.Equal((BackplaneStatus.Ok, 2, true, false), (one.Status, one.Count, one.More, other.More));
        Assert.Null(one.Ban);
        Assert.Equal(
            [.. new[] { first.Id.Value, second.Id.Value }.Order(StringComparer.Ordinal)],
            one.Connections.Concat(other.Connections).Select(connection => connection.Connection.Value));
    }

    [Fact]
    public async Task User_Unknown_HasNoConnections()
    {
        UserView view = await First.Admin.InspectAsync(NewUser(), null, 10).WithinAsync("inspect");

        Assert.Equal((BackplaneStatus.Ok, 0), (view.Status, view.Count));
    }

    [Fact]
    public async Task Connection_Member_ShowsItsRooms()
    {
        RoomName room = NewRoom();
        UserName user = NewUser();
        TestConnection connection = await First.OpenAsync(user);
        await connection.JoinAsync(room);

        ConnectionView attached = await Second.Admin.InspectAsync(connection.Id).WithinAsync("inspect");
        await connection.DetachAsync();
        ConnectionView detached = await Second.Admin.InspectAsync(connection.Id).WithinAsync("inspect");
        ConnectionView nobody = await Second.Admin.InspectAsync(new ConnectionId("nobody-nobody-nobody-1")).WithinAsync("inspect");

        Assert.Equal((BackplaneStatus.Ok, user, true), (attached.Status, attached.User, attached.IsAttached));
        Assert.Equal([room], attached.Rooms);
        Assert.Equal((BackplaneStatus.Ok, false), (detached.Status, detached.IsAttached));
        Assert.Equal(BackplaneStatus.NoSuchConnection, nobody.Status);
    }

    [Fact]
    public async Task Disconnect_Connection_EndsItForGood()
    {
        RoomName room = NewRoom();
        TestConnection connection = await First.OpenAsync(NewUser());
        TestConnection watcher = await Second.OpenAsync(NewUser());
        await watcher.JoinAsync(room, presence: true);
        await connection.JoinAsync(room);
        await watcher.PresenceAsync(room, view => view.Count == 2, "it is there");

        Assert.Equal(BackplaneStatus.Ok, await Second.Admin.DisconnectAsync(connection.Id).WithinAsync("disconnect"));

        Assert.Equal(DisconnectReason.Kicked, await connection.Disconnected.WithinAsync("to be disconnected"));
        await watcher.PresenceAsync(room, view => view.Count == 1, "it has left");
        Assert.Equal(BackplaneStatus.NoSuchConnection, (await connection.TryResumeAsync(First)).Status);
        Assert.Equal(BackplaneStatus.NoSuchConnection, await Second.Admin.DisconnectAsync(connection.Id).WithinAsync("disconnect"));
    }

    [Fact]
    public async Task Disconnect_ConnectionInItsGracePeriod_CannotBeResumed()
    {
        TestConnection connection = await First.OpenAsync(NewUser());
        await connection.DetachAsync();

        Assert.Equal(BackplaneStatus.Ok, await Second.Admin.DisconnectAsync(connection.Id).WithinAsync("disconnect"));

        Assert.Equal(BackplaneStatus.NoSuchConnection, (await connection.TryResumeAsync(First)).Status);
    }

    [Fact]
    public async Task Disconnect_User_EndsAllConnections()
    {
        UserName user = NewUser();
        TestConnection first = await First.OpenAsync(user);
        TestConnection second = await Second.OpenAsync(user);

        DisconnectResult result = await First.Admin.DisconnectAsync(user).WithinAsync("disconnect");
        DisconnectResult again = await First.Admin.DisconnectAsync(user).WithinAsync("disconnect");

        Assert.Equal(new DisconnectResult(BackplaneStatus.Ok, 2), result);
        Assert.Equal(new DisconnectResult(BackplaneStatus.Ok, 0), again);
        Assert.Equal(DisconnectReason.Kicked, await first.Disconnected.WithinAsync("to be disconnected"));
        Assert.Equal(DisconnectReason.Kicked, await second.Disconnected.WithinAsync("to be disconnected"));
        await First.OpenAsync(user);
    }

    [Fact]
    public async Task Ban_User_EndsConnectionsAndRefusesNewOnesWithTheReason()
    {
        UserName user = NewUser();
        TestConnection live = await First.OpenAsync(user);
        TestConnection waiting = await Second.OpenAsync(user);
        await waiting.DetachAsync();

        DisconnectResult result = await Second.Admin.BanAsync(user, TimeSpan.FromHours(1), "spam").WithinAsync("ban");

        Assert.Equal(new DisconnectResult(BackplaneStatus.Ok, 2), result);
        Assert.Equal(DisconnectReason.Banned, await live.Disconnected.WithinAsync("to be disconnected"));
        Assert.NotEqual(BackplaneStatus.Ok, (await waiting.TryResumeAsync(First)).Status);
        foreach (TestEdge edge in new[] { First, Second })
        {
            OpenResult refused = await edge.Backplane.OpenAsync(user).WithinAsync("open");
            Assert.Equal((BackplaneStatus.Banned, "spam"), (refused.Status, refused.Ban?.Reason));
            Assert.Equal("spam", (await edge.Admin.InspectAsync(user, null, 0).WithinAsync("inspect")).Ban?.Reason);
        }
    }

    [Fact]
    public async Task Unban_User_MayConnectAgain()
    {
        UserName user = NewUser();
        await First.Admin.BanAsync(user, TimeSpan.FromHours(1), "").WithinAsync("ban");

        Assert.Equal(BackplaneStatus.Ok, await Second.Admin.UnbanAsync(user).WithinAsync("unban"));

        // Each node has its own idea of the list for up to a second.
        while ((await First.Backplane.OpenAsync(user).WithinAsync("open")).Status == BackplaneStatus.Banned)
        {
            await Task.Yield();
        }

        Assert.Equal(BackplaneStatus.Ok, await Second.Admin.UnbanAsync(user).WithinAsync("unban"));
    }

    [Fact]
    public async Task Ban_ThatIsOver_LetsTheUserIn()
    {
        UserName user = NewUser();
        await First.Admin.BanAsync(user, TimeSpan.FromMilliseconds(300), "").WithinAsync("ban");

        while ((await First.Backplane.OpenAsync(user).WithinAsync("open")).Status == BackplaneStatus.Banned)
        {
            await Task.Yield();
        }

        Assert.Null((await First.Admin.InspectAsync(user, null, 0).WithinAsync("inspect")).Ban);
    }

    [Fact]
    public async Task Bans_Listed_AreThereByName()
    {
        UserName[] users = [.. Enumerable.Range(0, 3).Select(_ => NewUser("banned")).OrderBy(user => user.Value, StringComparer.Ordinal)];
        foreach (UserName user in users)
        {
            await First.Admin.BanAsync(user, TimeSpan.FromHours(1), "r").WithinAsync("ban");
        }

        List<Ban> seen = [];
        BanPage page;
        do
        {
            page = await Second.Admin.ListBansAsync(seen.Count == 0 ? null : seen[^1].User.Value, 2).WithinAsync("list bans");
            seen.AddRange(page.Bans);
        }
        while (page.More);

        Assert.Equal(users, seen.Select(ban => ban.User).Where(users.Contains));
    }
}
