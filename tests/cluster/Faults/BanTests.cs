using Switchboard.Cluster.Tests.Rig;
using Switchboard.Contract.Harness;
using Switchboard.Core.Backplane;
using Switchboard.Core.Connections;
using Switchboard.Core.Identifiers;

namespace Switchboard.Cluster.Tests.Faults;

/// <summary>Bans outlive the silos that they were made on.</summary>
public sealed class BanTests : FaultTest
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Ban_EachSiloIsReplaced_StillHolds(bool graceful)
    {
        UserName user = NewUser();
        TestConnection connection = await First.OpenAsync(user);
        await First.Admin.BanAsync(user, TimeSpan.FromHours(1), "spam").WithinAsync("ban");
        Assert.Equal(DisconnectReason.Banned, await connection.Disconnected.WithinAsync("to be disconnected"));

        for (int silo = 0; silo < SiloCount; silo++)
        {
            await Cluster.StartSiloAsync();
            await Cluster.WaitForSilosAsync();
            await (graceful ? Cluster.StopSiloAsync(silo) : Cluster.KillSiloAsync(silo));
            await Cluster.WaitForSilosAsync();
            await RefusedAsync(user);
        }

        BanPage page = await ListAsync();
        Assert.Equal(user, Assert.Single(page.Bans).User);
    }

    // A silo that has just started knows of no bans for a moment.
    private async Task RefusedAsync(UserName user)
    {
        long began = Environment.TickCount64;
        BackplaneStatus status;
        do
        {
            OpenResult opened = await Second.Backplane.OpenAsync(user).WithinAsync("open");
            status = opened.Status;
            if (status == BackplaneStatus.Ok)
            {
                await Second.Backplane.CloseAsync(opened.Connection, opened.Attachment).WithinAsync("close");
            }
        }
        while (status != BackplaneStatus.Banned && Environment.TickCount64 - began < 60_000);
        Assert.Equal(BackplaneStatus.Banned, status);
    }

    private async Task<BanPage> ListAsync()
    {
        long began = Environment.TickCount64;
        BanPage page;
        do
        {
            page = await First.Admin.ListBansAsync(null, 10).WithinAsync("list bans");
        }
        while (page.Status != BackplaneStatus.Ok && Environment.TickCount64 - began < 60_000);
        return page;
    }
}
