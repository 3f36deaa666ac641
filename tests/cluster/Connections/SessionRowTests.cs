using Microsoft.Extensions.Logging.Abstractions;
using Switchboard.Core.Connections;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;
using Switchboard.Grains.Connections;

namespace Switchboard.Cluster.Tests.Connections;

/// <summary>What is known of a detached connection's row, which must not lack a room for as long as it can be resumed from.</summary>
public sealed class SessionRowTests
{
    private static readonly ConnectionId Id = new("phone");
    private static readonly RoomName Room = new("room");
    private static readonly CryptoRandomSource Random = new();

    private readonly ConnectionOptions _options = new();
    private readonly SlowStorage _storage = new();
    private readonly Connection _connection;
    private long _now = 1_000_000;

    public SessionRowTests()
    {
        _connection = new Connection(Id, new UserName("ann"), TokenHash.Of("token"), new EdgeId("edge"), _options, new Epoch(1));
        _connection.Detach(1, _now);
    }

    [Fact]
    public async Task IsGone_NothingWasKept_AsksNobody()
    {
        Assert.True(await NewRow().IsGoneAsync());
        Assert.Equal(0, _storage.Calls);
    }

    [Fact]
    public async Task IsGone_OneThatIsKept_DropsIt()
    {
        SessionRow row = NewRow();
        Assert.True(await row.KeepAsync(_connection));
        Assert.NotNull(_storage.Row);

        Assert.True(await row.IsGoneAsync());
        Assert.Null(_storage.Row);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task IsGone_OneOfAnEarlierActivation_DropsIt(bool isRead)
    {
        await NewRow().KeepAsync(_connection);
        SessionRow row = NewRow();
        if (isRead)
        {
            Assert.Equal(1, (await row.ReadAsync())!.Attachment);
        }
        else
        {
            row.Doubt();
        }

        Assert.True(await row.IsGoneAsync());
        Assert.Null(_storage.Row);
    }

    [Fact]
    public async Task IsGone_WhileItIsBeingDropped_WaitsForThat()
    {
        SessionRow row = NewRow();
        await row.KeepAsync(_connection);
        _storage.HoldUp();
        row.Drop();

        Task<bool> isGone = row.IsGoneAsync().AsTask();
        Assert.False(isGone.IsCompleted);
        _storage.GoOn();

        Assert.True(await isGone);
        Assert.Null(_storage.Row);
    }

    [Fact]
    public async Task IsGone_CannotBeDropped_IsFalseUntilItIsTooOldToBeResumedFrom()
    {
        SessionRow row = NewRow();
        await row.KeepAsync(_connection);
        _storage.Fails = true;

        Assert.False(await row.IsGoneAsync());
        _now += (long)_options.Grace.TotalMilliseconds;
        Assert.True(await row.IsGoneAsync());
        Assert.NotNull(_storage.Row);
    }

    [Fact]
    public async Task IsGone_KeptAgainWhileItIsDropped_IsFalse()
    {
        SessionRow row = NewRow();
        await row.KeepAsync(_connection);
        _storage.HoldUp();
        Task<bool> isGone = row.IsGoneAsync().AsTask();

        Task<bool> kept = row.KeepAsync(_connection);
        _storage.GoOn();

        Assert.False(await isGone);
        Assert.True(await kept);
        Assert.NotNull(_storage.Row);
    }

    [Fact]
    public async Task Drop_OneThatIsTooOldToBeResumedFrom_DropsIt()
    {
        SessionRow row = NewRow();
        await row.KeepAsync(_connection);
        _now += (long)_options.Grace.TotalMilliseconds;

        row.Drop();

        Assert.Null(_storage.Row);
    }

    [Fact]
    public async Task Keep_AfterAChange_SaysWhatHoldsThen()
    {
        SessionRow row = NewRow();
        await row.KeepAsync(_connection);
        _connection.BeginJoin(Room, watches: true, _now);
        _connection.CompleteJoin(Room, 1, joined: true);

        Assert.True(await row.KeepAsync(_connection));
        Assert.Equal([new RoomMembership(Room, Watches: true)], _storage.Row!.Connection!.Rooms);
    }

    [Fact]
    public async Task Keep_CannotBeWritten_IsFalse()
    {
        _storage.Fails = true;

        Assert.False(await NewRow().KeepAsync(_connection));
    }

    [Fact]
    public async Task Row_WithoutAStorage_IsAlwaysGone()
    {
        SessionRow row = new(Id, null, _options, Random, () => _now);

        row.Doubt();
        Assert.True(await row.KeepAsync(_connection));
        Assert.True(await row.IsGoneAsync());
        Assert.Null(await row.ReadAsync());
    }

    private SessionRow NewRow() =>
        new(Id, new SessionStore(_storage, NullLogger<SessionStore>.Instance), _options, Random, () => _now);
}
