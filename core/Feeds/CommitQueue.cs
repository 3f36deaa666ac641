using System.Diagnostics.CodeAnalysis;

namespace Switchboard.Core.Feeds;

/// <summary>What a durable feed has accepted and not committed yet: one commit in flight, the next one filling.</summary>
internal sealed class CommitQueue
{
    private Dictionary<(string? User, string Key), int> _waitingKeys = [];
    private Dictionary<(string? User, string Key), int> _flyingKeys = [];
    private Commit? _waiting;
    private Commit? _flying;

    /// <summary>Publications that wait; those in flight are not counted.</summary>
    public int WaitingCount { get; private set; }

    /// <summary>Payload bytes that wait.</summary>
    public long WaitingBytes { get; private set; }

    public bool IsEmpty => _waiting is null && _flying is null;

    public bool HasWork => _flying is null && _waiting is not null;

    public Staged Add(in Publication publication, Epoch epoch)
    {
        (string? User, string) name = (publication.Sender?.User.Value, publication.Key ?? "");
        if (publication.Key is not null)
        {
            if (_flyingKeys.TryGetValue(name, out int first))
            {
                return new Staged(_flying!, first, epoch, duplicate: true);
            }

            if (_waitingKeys.TryGetValue(name, out first))
            {
                return new Staged(_waiting!, first, epoch, duplicate: true);
            }
        }

        _waiting ??= new Commit();
        int index = _waiting.Add(publication);
        WaitingCount++;
        WaitingBytes += publication.Payload.Length;
        if (publication.Key is not null)
        {
            _waitingKeys.Add(name, index);
        }

        return new Staged(_waiting, index, epoch, duplicate: false);
    }

    public bool TryTake([NotNullWhen(true)] out Commit? commit)
    {
        commit = HasWork ? _waiting : null;
        if (commit is null)
        {
            return false;
        }

        (_flying, _waiting) = (_waiting, null);
        (_flyingKeys, _waitingKeys) = (_waitingKeys, _flyingKeys);
        WaitingCount = 0;
        WaitingBytes = 0;
        return true;
    }

    public void Complete(Commit commit, bool succeeded)
    {
        _flying = null;
        _flyingKeys.Clear();
        commit.Complete(succeeded);
    }
}
