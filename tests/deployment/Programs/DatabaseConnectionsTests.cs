using Npgsql;
using Switchboard.Silo;

namespace Switchboard.Deployment.Tests.Programs;

/// <summary>How many connections to the database the providers of Orleans in a silo may have.</summary>
public sealed class DatabaseConnectionsTests
{
    private const string Place = "Host=db;Database=switchboard;Username=switchboard";

    [Theory]
    [InlineData("", 20)]
    [InlineData(";Maximum Pool Size=7", 7)]
    [InlineData(";Maximum Pool Size=200", 200)]
    [InlineData(";Minimum Pool Size=30", 30)]
    public void Pool_IsBounded_UnlessTheOperatorSaysHow(string more, int expected)
    {
        NpgsqlConnectionStringBuilder bounded = new(ClusterExtensions.Bounded(Place + more));

        Assert.Equal(expected, bounded.MaxPoolSize);
        Assert.Equal(("db", "switchboard", "switchboard"), (bounded.Host, bounded.Database, bounded.Username));
    }

    [Theory]
    [InlineData("no such=setting")]
    [InlineData("Timeout=soon")]
    public void String_ThatCantBeRead_IsLeftToTheStoreToRefuse(string wrong) =>
        Assert.Equal(wrong, ClusterExtensions.Bounded(wrong));
}
