using Orleans;
using Orleans.Runtime;

namespace Switchboard.Testing.Membership;

/// <summary>
/// One silo's way to the table. Once it is cut, the silo believes that it still writes there, and goes down without
/// anybody hearing of it.
/// </summary>
internal sealed class TableDoor(MembershipTable table) : IMembershipTable
{
    private volatile bool _isCut;

    public void Cut() => _isCut = true;

    public Task InitializeMembershipTable(bool tryInitTableVersion) => Task.CompletedTask;

    public Task DeleteMembershipTableEntries(string clusterId) => Write(table.Clear);

    public Task CleanupDefunctSiloEntries(DateTimeOffset beforeDate) => Write(() => table.RemoveDefunct(beforeDate));

    public Task<MembershipTableData> ReadRow(SiloAddress key) => Task.FromResult(table.Read(key));

    public Task<MembershipTableData> ReadAll() => Task.FromResult(table.ReadAll());

    public Task<bool> InsertRow(MembershipEntry entry, TableVersion tableVersion) =>
        Task.FromResult(_isCut || table.Insert(entry, tableVersion));

    public Task<bool> UpdateRow(MembershipEntry entry, string etag, TableVersion tableVersion) =>
        Task.FromResult(_isCut || table.Update(entry, etag, tableVersion));

    public Task UpdateIAmAlive(MembershipEntry entry) => Write(() => table.UpdateIAmAlive(entry));

    private Task Write(Action action)
    {
        if (!_isCut)
        {
            action();
        }

        return Task.CompletedTask;
    }
}
