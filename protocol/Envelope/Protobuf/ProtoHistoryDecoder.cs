using Switchboard.Protocol.Envelope.Commands;

namespace Switchboard.Protocol.Envelope.Protobuf;

/// <summary>Reads HistoryCommand.</summary>
internal static class ProtoHistoryDecoder
{
    // Of HistoryOrder.
    private const int Oldest = 1;
    private const int Newest = 2;

    private static readonly ProtoName Room = new(1, "room");
    private static readonly ProtoName OwnFeed = new(2, "own_feed");
    private static readonly ProtoName Order = new(3, "order");
    private static readonly ProtoName After = new(4, "after");
    private static readonly ProtoName Before = new(5, "before");
    private static readonly ProtoName Limit = new(6, "limit");

    public static Command Decode(scoped ref ProtoFields fields, long id)
    {
        FeedScope feed = ReadFeed(ref fields);
        ReadOnlySpan<byte> room = fields.Name(Room, EnvelopeLimits.NameBytes);
        FeedPosition? after = fields.Position(After);
        FeedPosition? before = fields.Position(Before);
        if (after is not null && before is not null)
        {
            fields.Fail(Before, "does not go with after");
        }

        int order = fields.Enum(Order, Newest, "must be oldest or newest");
        bool newestFirst = order == Newest || (order != Oldest && before is not null);
        if (newestFirst && after is not null)
        {
            fields.Fail(After, "goes only with order oldest");
        }

        if (!newestFirst && before is not null)
        {
            fields.Fail(Before, "goes only with order newest");
        }

        return new Command
        {
            Type = CommandType.History,
            Id = id,
            Feed = feed,
            Room = room,
            Position = newestFirst ? before : after,
            NewestFirst = newestFirst,
            Limit = (int)fields.Integer(
                Limit, 1, EnvelopeLimits.HistoryPage, EnvelopeLimits.DefaultHistoryPage),
        };
    }

    // OwnFeed numbers its values as FeedScope does, where 0 is a room's.
    private static FeedScope ReadFeed(scoped ref ProtoFields fields)
    {
        fields.KeepLast(Room, OwnFeed);
        if (!fields.Has(OwnFeed))
        {
            if (!fields.Has(Room))
            {
                fields.Fail(ErrorCodes.BadField, "either room or own_feed must be given");
            }

            return FeedScope.Room;
        }

        const string Rule = "must be user or connection";
        var feed = (FeedScope)fields.Enum(OwnFeed, (int)FeedScope.Connection, Rule);
        if (feed == FeedScope.Room)
        {
            fields.Fail(OwnFeed, Rule);
        }

        return feed;
    }
}
