using System.Globalization;

namespace Switchboard.Load.Compare;

/// <summary>Lets sides take turns, A B A B, so that what the machine does besides falls on all of them.</summary>
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
                var figure = sides[i].Measure(round);
                Console.Error.WriteLine(string.Create(
                    CultureInfo.InvariantCulture, $"{topic} {round}/{rounds} {sides[i].Name}: {figure:N0}"));
                if (round > 0)
                {
                    figures[i][round - 1] = figure;
                }
            }
        }

        return figures;
    }
}
