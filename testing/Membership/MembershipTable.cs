using System.Globalization;
using Orleans.Runtime;

namespace Switchboard.Testing.Membership;

/// <summary>Who is a member of the cluster: one table in memory for all its silos, so that each of them may die.</summary>
internal sealed class MembershipTable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<SiloAddress, (MembershipEntry Entry, string Tag)> _rows = [];
    private TableVersion _version = new(0, "0");
    private long _tags;

    public MembershipTableData ReadAll()
    {
        lock (_lock)
        {
            return new MembershipTableData(
                [.. _rows.Values.Select(row => Tuple.Create(CopyOf(row.Entry), row.Tag))], _version);
        }
    }

    public MembershipTableData Read(SiloAddress silo)
    {
        lock (_lock)
        {
            return _rows.TryGetValue(silo, out (MembershipEntry Entry, string Tag) row)
                ? new MembershipTableData(Tuple.Create(CopyOf(row.Entry), row.Tag), _version)
                : new MembershipTableData(_version);
        }
    }

    public bool Insert(MembershipEntry entry, TableVersion version)
    {
        lock (_lock)
        {
            return !_rows.ContainsKey(entry.SiloAddress) && TryWrite(entry, version);
        }
    }

    public bool Update(MembershipEntry entry, string tag, TableVersion version)
    {
        lock (_lock)
        {
            return _rows.TryGetValue(entry.SiloAddress, out (MembershipEntry Entry, string Tag) row)
                && row.Tag == tag
                && TryWrite(entry, version);
        }
    }

    public void UpdateIAmAlive(MembershipEntry entry)
    {
        lock (_lock)
        {
            if (_rows.TryGetValue(entry.SiloAddress, out (MembershipEntry Entry, string Tag) row))
            {
                row.Entry.IAmAliveTime = entry.IAmAliveTime;
            }
        }
    }

    public void RemoveDefunct(DateTimeOffset before)
    {
        lock (_lock)
        {
            foreach ((SiloAddress silo, (MembershipEntry entry, _)) in _rows.ToArray())
            {
                if (entry.Status == SiloStatus.Dead && entry.IAmAliveTime < before.UtcDateTime)
                {
                    _rows.Remove(silo);
                }
            }
        }
    }

    public void Clear()
    {
        lock (_lock)
        {
            _rows.Clear();
        }
    }

    private static MembershipEntry CopyOf(MembershipEntry entry) => new()
    {
        SiloAddress = entry.SiloAddress,
        Status = entry.Status,
        SuspectTimes = entry.SuspectTimes is { } times ? [.. times] : null,
        ProxyPort = entry.ProxyPort,
        HostName = entry.HostName,
        SiloName = entry.SiloName,
        RoleName = entry.RoleName,
        UpdateZone = entry.UpdateZone,
        FaultZone = entry.FaultZone,
        StartTime = entry.StartTime,
        IAmAliveTime = entry.IAmAliveTime,
    };

    private bool TryWrite(MembershipEntry entry, TableVersion version)
    {
        if (_version.VersionEtag != version.VersionEtag)
        {
            return false;
        }

        _rows[entry.SiloAddress] = (CopyOf(entry), NewTag());
        _version = new TableVersion(version.Version, NewTag());
        return true;
    }

    private string NewTag() => (++_tags).ToString(CultureInfo.InvariantCulture);
}
