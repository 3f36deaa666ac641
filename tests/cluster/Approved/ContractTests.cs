using Orleans;

namespace Switchboard.Cluster.Tests.Approved;

/// <summary>What nodes tell each other, and what they keep, does not change unnoticed; and never so that it breaks.</summary>
public sealed class ContractTests
{
    [Fact]
    public void Contract_Now_BreaksNothingThatWasApproved()
    {
        RequireNothingBroken(ApprovedContracts.Read(), ContractText.Lines());
    }

    [Fact]
    public void Contract_Now_IsWhatWasApproved()
    {
        string[] approved = ApprovedContracts.Read();
        string[] now = ContractText.Lines();
        if (ApprovedContracts.IsApproving)
        {
            RequireNothingBroken(approved, now);
            ApprovedContracts.Write(now);
            return;
        }

        string[] differences =
        [
            .. approved.Except(now).Select(line => $"- {line}"), .. now.Except(approved).Select(line => $"+ {line}"),
        ];
        Assert.True(
            differences.Length == 0 && now.Length == approved.Length,
            $"The contract between nodes has changed:\n{string.Join('\n', differences)}{ApprovedContracts.HowTo}");
    }

    [Fact]
    public void Contract_EveryPart_HasANameOfItsOwnThatIsNotItsTypes()
    {
        string[] unnamed =
        [
            .. ContractText.Interfaces.Concat(ContractText.Serialized)
                .Where(type => WireName.AliasOf(type) is null).Select(type => type.Name),
            .. ContractText.Interfaces.SelectMany(type => type.GetMethods())
                .Where(method => WireName.AliasOf(method) is null).Select(method => $"{method.DeclaringType!.Name}.{method.Name}"),
        ];
        Assert.True(unnamed.Length == 0, $"These need an [Alias]: {string.Join(", ", unnamed)}");

        string[] names = [.. ContractText.Serialized.Select(type => WireName.AliasOf(type)!)];
        Assert.Equal(names.Distinct(), names);
    }

    private static void RequireNothingBroken(string[] approved, string[] now)
    {
        HashSet<string> meanings = [.. now.Select(Meaning)];
        string[] broken = approved.Contains(ContractText.Version)
            ? [.. approved.Select(Meaning).Where(line => !meanings.Contains(line) && !meanings.Any(one => Extends(one, line)))]
            : [];
        Assert.True(
            broken.Length == 0,
            "An id, an alias, a type or a method was removed, renumbered or changed; nodes of the last release would no "
            + "longer understand those of this one. Put it back and add what is new beside it. Where that can't be, raise "
            + $"Contract.Version.\n- {string.Join("\n- ", broken)}");
    }

    // A method goes by its alias, and a parameter by its place: what a caller does not send is read as its default, and what is sent
    // to one that does not know it is passed over.
    private static bool Extends(string line, string approved)
    {
        int end = approved.LastIndexOf(')');
        return approved.StartsWith("method ", StringComparison.Ordinal)
            && line.StartsWith($"{approved[..end]}{(approved[end - 1] == '(' ? "" : ", ")}", StringComparison.Ordinal)
            && line.EndsWith(approved[end..], StringComparison.Ordinal);
    }

    private static string Meaning(string line) => line.Split('#')[0].TrimEnd();
}
