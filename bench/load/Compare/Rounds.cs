using System.Globalization;

namespace Switchboard.Load.Compare;

/// <summary>Lets sides take turns, A B B A, so that what the machine does besides falls on all of them, and none always
/// comes after the others.</summary>
internal static class Rounds
{
    /// <summary>Returns each side's figures by round. Round 0 comes before and is thrown away when
    /// <paramref name="warm"/>: the servers' code is compiled then.</summary>
    public static double[][] Run(string topic, int rounds, bool warm, params IReadOnlyList<Side> sides)
    {
        var figures = sides.Select(_ => new double[rounds]).ToArray();
        for (var round = warm ? 0 : 1; round <= rounds; round++)
        {
            for (var i = 0; i < sides.Count; i++)
            {
                var turn = round % 2 == 0 ? i : sides.Count - 1 - i;
                var figure = sides[turn].Measure(round);
                Console.Error.WriteLine(string.Create(
                    CultureInfo.InvariantCulture, $"{topic} {round}/{rounds} {sides[turn].Name}: {figure:N0}"));
                if (round > 0)
                {
                    figures[turn][round - 1] = figure;
                }
            }
        }

        return figures;
    }
}
