namespace Switchboard.Client.Session;

/// <summary>Commands one behind the other, without an object for each place.</summary>
/// <param name="isQueue">Which of a command's two places this list uses.</param>
internal sealed class PendingList(bool isQueue)
{
    private Pending? _last;

    public Pending? First { get; private set; }

    public Pending? Last => _last;

    public int Count { get; private set; }

    public Pending? After(Pending one) => Links(one).After;

    public Pending? Before(Pending one) => Links(one).Before;

    public bool Has(Pending one) => Links(one).IsListed;

    /// <summary>Puts it where its order says, looking from the end.</summary>
    public void Add(Pending one)
    {
        Pending? before = _last;
        while (before is not null && before.Order > one.Order)
        {
            before = Links(before).Before;
        }

        Insert(one, before);
    }

    /// <summary>Puts it where its order says, looking from the beginning.</summary>
    public void AddEarly(Pending one)
    {
        Pending? after = First;
        while (after is not null && after.Order < one.Order)
        {
            after = Links(after).After;
        }

        Insert(one, after is null ? _last : Links(after).Before);
    }

    public void Remove(Pending one)
    {
        ref PendingLinks links = ref Links(one);
        if (links.Before is null)
        {
            First = links.After;
        }
        else
        {
            Links(links.Before).After = links.After;
        }

        if (links.After is null)
        {
            _last = links.Before;
        }
        else
        {
            Links(links.After).Before = links.Before;
        }

        links = default;
        Count--;
    }

    private void Insert(Pending one, Pending? before)
    {
        Pending? after = before is null ? First : Links(before).After;
        Links(one) = new PendingLinks { Before = before, After = after, IsListed = true };
        if (before is null)
        {
            First = one;
        }
        else
        {
            Links(before).After = one;
        }

        if (after is null)
        {
            _last = one;
        }
        else
        {
            Links(after).Before = one;
        }

        Count++;
    }

    private ref PendingLinks Links(Pending one) => ref isQueue ? ref one.InQueue : ref one.InOrder;
}
