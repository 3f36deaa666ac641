using Switchboard.Core.Feeds;

namespace Switchboard.Core.Tests.Feeds;

public class FeedOptionsTests
{
    [Fact]
    public void Validate_Defaults_AreFine()
    {
        Assert.Empty(new FeedOptions().Validate());
    }

    [Fact]
    public void Validate_Bounds_AreFine()
    {
        Assert.Empty(new FeedOptions
        {
            MaxCount = 0,
            MaxBytes = 0,
            MaxAge = TimeSpan.FromMilliseconds(1),
            IdempotencyWindow = TimeSpan.Zero,
            MaxKeys = 1,
            MaxSlots = 1,
            RecoveryLimit = 0,
            RecoveryLimitBytes = 0,
        }.Validate());
        Assert.Empty(new FeedOptions
        {
            MaxCount = 1_000_000,
            MaxAge = TimeSpan.FromDays(7),
            IdempotencyWindow = TimeSpan.FromDays(7),
            MaxKeys = 1_000_000,
            MaxSlots = 1_000_000,
        }.Validate());
    }

    [Fact]
    public void Validate_EveryFieldBelow_NamesEachWithItsBounds()
    {
        var options = new FeedOptions
        {
            MaxCount = -1,
            MaxBytes = -1,
            MaxAge = TimeSpan.Zero,
            IdempotencyWindow = TimeSpan.FromTicks(-1),
            MaxKeys = 0,
            MaxSlots = 0,
            RecoveryLimit = -1,
            RecoveryLimitBytes = -1,
            Outbox = new OutboxOptions
            {
                MaxPendingCount = 0,
                MaxPendingBytes = 0,
                MaxPendingPresence = 0,
                MaxBatchCount = 0,
                MaxBatchBytes = 0,
            },
        };

        Assert.Equal(
            [
                "MaxCount must be 0 to 1000000, but is -1",
                "MaxBytes must be at least 0, but is -1",
                "MaxAge must be 00:00:00.001 to 7.00:00:00, but is 00:00:00",
                "IdempotencyWindow must be 00:00:00 to 7.00:00:00, but is -00:00:00.0000001",
                "MaxKeys must be 1 to 1000000, but is 0",
                "MaxSlots must be 1 to 1000000, but is 0",
                "RecoveryLimit must be at least 0, but is -1",
                "RecoveryLimitBytes must be at least 0, but is -1",
                "Outbox.MaxPendingCount must be at least 1, but is 0",
                "Outbox.MaxPendingBytes must be at least 1, but is 0",
                "Outbox.MaxPendingPresence must be at least 1, but is 0",
                "Outbox.MaxBatchCount must be at least 1, but is 0",
                "Outbox.MaxBatchBytes must be at least 1, but is 0",
            ],
            options.Validate());
    }

    [Fact]
    public void Validate_FieldsAbove_NamesEach()
    {
        var options = new FeedOptions
        {
            MaxCount = 1_000_001,
            MaxAge = TimeSpan.FromDays(7) + TimeSpan.FromTicks(1),
            IdempotencyWindow = TimeSpan.FromDays(8),
            MaxKeys = 1_000_001,
            MaxSlots = 1_000_001,
        };

        Assert.Equal(
            ["MaxCount", "MaxAge", "IdempotencyWindow", "MaxKeys", "MaxSlots"],
            options.Validate().Select(problem => problem.Split(' ')[0]));
    }
}
