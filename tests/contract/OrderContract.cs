using Switchboard.Contract.Harness;
using Switchboard.Core.Backplane;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;

namespace Switchboard.Contract;

/// <summary>One total order for each feed, the same for everyone, whoever publishes from wherever.</summary>
public abstract class OrderContract(BackplaneHarness harness) : BackplaneContract(harness)
{
    [Fact]
    public async Task Publish_ManyFromBothEdges_IsOneOrderForEverybody()
    {
        const int Each = 50;
        RoomName room = NewRoom();
        TestConnection[] members = await OpenManyAsync(8);
        foreach (TestConnection member in members)
        {
            await member.JoinAsync(room);
        }

        Position[][] acknowledged = await Task.WhenAll(members.Select((member, index) => Task.Run(async () =>
        {
            var positions = new Position[Each];
            for (int i = 0; i < Each; i++)
            {
                positions[i] = await member.PublishAsync(room, $"{index}/{i}");
            }

            return positions;
        })));

        // Where each message stands, as its publisher was told.
        int count = members.Length * Each;
        string[] expected = new string[count];
        for (int index = 0; index < members.Length; index++)
        {
            for (int i = 0; i < Each; i++)
            {
                Assert.Null(expected[acknowledged[index][i].Offset - 1]);
                expected[acknowledged[index][i].Offset - 1] = $"{index}/{i}";
            }

            IEnumerable<long> offsets = acknowledged[index].Select(position => position.Offset);
            Assert.Equal(offsets.Order(), offsets);
        }

        foreach (TestConnection member in members)
        {
            Assert.Equal(expected, await member[room].CountAsync(count, "all messages"));
            Assert.Equal(Enumerable.Range(1, count).Select(offset => (long)offset), member[room].Entries.Offsets());
            Assert.Empty(member[room].Losses);
        }
    }

    [Fact]
    public async Task Publish_NotAwaited_KeepsTheOrderOfTheCalls()
    {
        const int Each = 60;
        RoomName room = NewRoom();
        TestConnection[] members = await OpenManyAsync(2);
        foreach (TestConnection member in members)
        {
            await member.JoinAsync(room);
        }

        PublishResult[][] results = await Task.WhenAll(members.Select((member, index) => Task.WhenAll(
            Enumerable.Range(0, Each).Select(i => member.PublishAsync(room, Message.Reliable($"{index}/{i}"))))));

        Assert.All(results.SelectMany(result => result), result => Assert.Equal(BackplaneStatus.Ok, result.Status));
        foreach (TestConnection member in members)
        {
            string[] texts = await member[room].CountAsync(members.Length * Each, "all messages");
            for (int index = 0; index < members.Length; index++)
            {
                Assert.Equal(
                    Enumerable.Range(0, Each).Select(i => $"{index}/{i}"),
                    texts.Where(text => text.StartsWith($"{index}/", StringComparison.Ordinal)));
            }
        }
    }

    [Fact]
    public async Task Publish_LargePayloadsFromBothEdges_ArriveCompleteAndInOrder()
    {
        const int Each = 12;
        RoomName room = NewRoom();
        TestConnection[] members = await OpenManyAsync(2);
        foreach (TestConnection member in members)
        {
            await member.JoinAsync(room);
        }

        await Task.WhenAll(members.Select((member, index) => Task.Run(async () =>
        {
            for (int i = 0; i < Each; i++)
            {
                PublishResult result = await member.PublishAsync(
                    room, Message.Sized(ContractOptions.MaxPayloadBytes, (index * Each) + i));
                Assert.Equal(BackplaneStatus.Ok, result.Status);
            }
        })));

        await members[0][room].CountAsync(members.Length * Each, "on one edge");
        await members[1][room].CountAsync(members.Length * Each, "on the other");
        byte[][] one = [.. members[0][room].Entries.Select(entry => entry.Payload.ToArray())];
        byte[][] other = [.. members[1][room].Entries.Select(entry => entry.Payload.ToArray())];
        Assert.Equal(one, other);
        Assert.Equal(members.Length * Each, one.Select(Convert.ToHexString).Distinct().Count());
    }

    [Fact]
    public async Task Publish_ManyRoomsAtOnce_EachHasItsOwnOrder()
    {
        const int Each = 20;
        RoomName[] rooms = [.. Enumerable.Range(0, ContractOptions.MaxRooms).Select(_ => NewRoom())];
        TestConnection[] members = await OpenManyAsync(4);
        await Task.WhenAll(members.SelectMany(member => rooms.Select(room => member.JoinAsync(room))));

        await Task.WhenAll(members.SelectMany((member, index) => rooms.Select(room => Task.Run(async () =>
        {
            for (int i = 0; i < Each; i++)
            {
                await member.PublishAsync(room, $"{room} {index}/{i}");
            }
        }))));

        foreach (RoomName room in rooms)
        {
            string[] expected = await members[0][room].CountAsync(members.Length * Each, $"all of {room}");
            Assert.All(expected, text => Assert.StartsWith($"{room} ", text, StringComparison.Ordinal));
            Assert.Equal(expected.Length, expected.Distinct().Count());
            foreach (TestConnection member in members)
            {
                Assert.Equal(expected, await member[room].CountAsync(expected.Length, $"all of {room}"));
            }
        }
    }

    [Fact]
    public async Task Send_ManyToOneUserFromBothEdges_IsOneOrderForItsConnections()
    {
        const int Each = 40;
        UserName user = NewUser();
        TestConnection one = await First.OpenAsync(user);
        TestConnection two = await Second.OpenAsync(user);

        await Task.WhenAll(new[] { First, Second }.Select((edge, index) => Task.Run(async () =>
        {
            for (int i = 0; i < Each; i++)
            {
                Assert.Equal(BackplaneStatus.Ok, (await edge.SendAsync(user, Message.Reliable($"{index}/{i}"))).Status);
            }
        })));

        string[] texts = await one.UserFeed.CountAsync(2 * Each, "on one edge");
        Assert.Equal(texts, await two.UserFeed.CountAsync(2 * Each, "on the other"));
        Assert.Equal(Enumerable.Range(1, 2 * Each).Select(offset => (long)offset), one.UserFeed.Entries.Offsets());
    }
}
