using FsCheck;
using FsCheck.Fluent;

namespace Switchboard.Core.Tests.Testing;

/// <summary>Checks a statement over sequences of operations, and shortens a sequence that breaks it.</summary>
internal static class ForAll
{
    public static void Sequences<T>(Gen<T> operation, int runs, int longest, Action<IReadOnlyList<T>> statement)
    {
        Gen<T[]> sequence =
            from length in Gen.Choose(0, longest)
            from operations in operation.ArrayOf(length)
            select operations;
        Arbitrary<T[]> arbitrary = Arb.From(sequence, Shorten);
        Prop.ForAll(arbitrary, operations => statement(operations))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(runs).WithReplay(17, 33));
    }

    private static IEnumerable<T[]> Shorten<T>(T[] operations)
    {
        for (int size = operations.Length / 2; size > 0; size /= 2)
        {
            for (int start = 0; start + size <= operations.Length; start += size)
            {
                yield return [.. operations[..start], .. operations[(start + size)..]];
            }
        }
    }
}
