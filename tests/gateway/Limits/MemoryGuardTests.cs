using Switchboard.Gateway.Limits;

namespace Switchboard.Gateway.Tests.Limits;

public sealed class MemoryGuardTests
{
    [Theory]
    [InlineData(0, 85, 849, false)]
    [InlineData(0, 85, 850, true)]
    [InlineData(500, 0, 499, false)]
    [InlineData(500, 0, 500, true)]
    [InlineData(500, 85, 600, true)]
    [InlineData(0, 0, 1000, false)]
    public void Memory_AtEitherLimit_IsShort(long bytes, int percent, long resident, bool isShort)
    {
        MemoryGuard guard = new(
            new MemoryLimitOptions { MaxBytes = bytes, MaxPercent = percent }, () => new MemoryUse(resident, 1000));
        Assert.False(guard.IsShort);

        guard.Sweep(0);

        Assert.Equal(isShort, guard.IsShort);
    }

    [Fact]
    public void Memory_ThatIsFreeAgain_IsNotShort()
    {
        long resident = 900;
        MemoryGuard guard = new(new MemoryLimitOptions(), () => new MemoryUse(resident, 1000));
        guard.Sweep(0);
        Assert.True(guard.IsShort);

        resident = 100;
        guard.Sweep(0);

        Assert.False(guard.IsShort);
    }

    [Fact]
    public void Now_MeasuresThisProcess()
    {
        MemoryUse now = MemoryUse.Now();

        Assert.InRange(now.Resident, 1024 * 1024, now.Available);
    }
}
