using Switchboard.Client.Frameworks;

namespace Switchboard.Client.Tests.Frameworks;

public sealed class NameTableTests
{
    [Fact]
    public void Names_ThatHashAlike_AreKeptApart()
    {
        NameTable<int> table = new();
        table.Set("Aa", 1);
        table.Set("BB", 2);
        table.Set("C", 3);
        table.Set("BB", 4);

        Assert.Equal((1, 4, 3), (Find(table, "Aa"), Find(table, "BB"), Find(table, "C")));
        Assert.Equal([1, 3, 4], table.Values.Order());
        Assert.Equal(3, table.Count);
        Assert.False(table.TryGetValue("AaBB".AsSpan(1, 2), out _));
    }

    [Fact]
    public void ClearedTable_IsEmpty()
    {
        NameTable<int> table = new();
        table.Set("Aa", 1);

        table.Clear();

        Assert.False(table.TryGetValue("Aa", out _));
        Assert.Equal(0, table.Count);
        Assert.Empty(table.Values);
    }

    private static int Find(NameTable<int> table, string name) => table.TryGetValue(name, out int value) ? value : 0;
}
