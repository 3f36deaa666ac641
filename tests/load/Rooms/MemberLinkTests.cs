using System.Net.WebSockets;
using Switchboard.Load.Dialects;
using Switchboard.Load.Rooms;

namespace Switchboard.Load.Tests.Rooms;

public sealed class MemberLinkTests
{
    private static readonly TimeSpan _bound = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Resume_ServerClosedItMeanwhile_ShowsTheCode()
    {
        var room = new LoopbackRoom();
        await using var server = new LoopbackServer(room.ServeAsync, "switchboard.v1.json");
        await Task.Run(() =>
        {
            using var load = Open(server);
            var member = load.Members[0];
            member.Stall();
            Close(room.Members.First());
            Assert.True(load.Loop.RunUntil(() => member.Waiting > 0, _bound), "the close frame never arrived");
            Assert.Null(member.Ending);

            member.Resume();
            Assert.True(load.Loop.RunUntil(() => member.Ending is not null, _bound), "the close frame was not read");
            Assert.Equal(4000, member.Ending);
        });
    }

    [Fact]
    public async Task Run_ServerClosesAMemberThatReads_Throws()
    {
        var room = new LoopbackRoom();
        await using var server = new LoopbackServer(room.ServeAsync, "switchboard.v1.json");
        await Task.Run(() =>
        {
            using var load = Open(server);
            Close(room.Members.First());
            Assert.Throws<LoadException>(() => load.Loop.Run(_bound));
        });
    }

    private static RoomLoad Open(LoopbackServer server) =>
        new(Dialect.Of("switchboard", server.Url, "r"), "r", members: 1, size: 64, small: 1, smallBuffer: 8192);

    private static void Close(WebSocket socket) =>
        _ = socket.CloseOutputAsync((WebSocketCloseStatus)4000, "slow consumer", CancellationToken.None);
}
