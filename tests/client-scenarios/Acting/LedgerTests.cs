using Switchboard.Faults.Verifying;
using Xunit.Sdk;

namespace Switchboard.ClientScenarios.Tests.Acting;

/// <summary>What would be a fault of a client is one to the ledger.</summary>
public sealed class LedgerTests
{
    private const ulong Epoch = 0xA;
    private const ulong NextEpoch = 0xB;

    private readonly Ledger _ledger = new("room");

    public LedgerTests()
    {
        _ledger.Begin("ann", new Position(Epoch, 0));
        Publish(1, 1);
        Publish(2, 2);
    }

    [Fact]
    public void Check_EverythingCame_Passes()
    {
        Receive(1, 1);
        Receive(2, 2);

        Assert.True(_ledger.IsSettled);
        _ledger.Check(Losses.None);
    }

    [Fact]
    public void Check_SomethingDidNotCome_Fails()
    {
        Receive(2, 2);

        Fails(Losses.Told, "Lost: ann never got message 1");
    }

    [Fact]
    public void Check_SomethingCameTwice_Fails()
    {
        Receive(1, 1);
        Receive(1, 1);
        Receive(2, 2);

        Fails(Losses.Told, "Duplicate: ");
    }

    [Fact]
    public void Check_ALossThatWasTold_PassesWhereItMayBe()
    {
        Receive(1, 1);
        _ledger.Lose("ann", new Position(Epoch, 2));

        _ledger.Check(Losses.Told);
        Fails(Losses.None, "ToldLost: ");
    }

    [Fact]
    public void Check_AnotherEpochWithoutAWord_Fails()
    {
        Receive(1, 1);
        Publish(3, 1, NextEpoch);
        Receive(3, 1, NextEpoch);

        Fails(Losses.Told, "without a word on the new epoch");
    }

    [Fact]
    public void Check_LaterMessageStandsBeforeAnEarlierOne_Fails()
    {
        Receive(1, 1);
        Receive(2, 2);
        _ = _ledger.NextNumber();
        Publish(4, 3);
        _ledger.Acknowledge("ann", 3, new Position(Epoch, 4));
        Receive(4, 3);
        Receive(3, 4);

        Fails(Losses.Told, "Overtaken: ann published 3 before 4");
    }

    [Fact]
    public void Receive_BeforeTheJoinWasAnswered_CountsWhenItIs()
    {
        _ledger.Receive("bob", 2, new Position(Epoch, 2));
        _ledger.Begin("bob", new Position(Epoch, 1));
        Receive(1, 1);
        Receive(2, 2);

        _ledger.Check(Losses.None);
    }

    [Fact]
    public void Check_NothingWasPublished_Fails() =>
        Assert.Throws<TrueException>(() => new Ledger("empty").Check(Losses.None));

    private void Publish(long number, long offset, ulong epoch = Epoch)
    {
        Assert.Equal(number, _ledger.NextNumber());
        _ledger.Acknowledge("ann", number, new Position(epoch, offset));
    }

    private void Receive(long number, long offset, ulong epoch = Epoch) =>
        _ledger.Receive("ann", number, new Position(epoch, offset));

    private void Fails(Losses allowed, string says) =>
        Assert.Contains(says, Assert.Throws<FalseException>(() => _ledger.Check(allowed)).Message, StringComparison.Ordinal);
}
