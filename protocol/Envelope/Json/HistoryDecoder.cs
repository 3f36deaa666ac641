using Switchboard.Protocol.Envelope.Commands;

namespace Switchboard.Protocol.Envelope.Json;

/// <summary>Reads history.</summary>
internal static class HistoryDecoder
{
    public static Command Decode(scoped ref FieldReader fields, long id)
    {
        FeedScope feed = ReadFeed(ref fields);
        ReadOnlySpan<byte> room = fields.Name(Field.Room, EnvelopeLimits.NameBytes);
        FeedPosition? after = fields.Position(Field.After);
        FeedPosition? before = fields.Position(Field.Before);
        if (after is not null && before is not null)
        {
            fields.Fail(Field.Before, "does not go with after");
        }

        bool newestFirst = ReadOrder(ref fields, before is not null);
        if (newestFirst && after is not null)
        {
            fields.Fail(Field.After, "goes only with order oldest");
        }

        if (!newestFirst && before is not null)
        {
            fields.Fail(Field.Before, "goes only with order newest");
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
                Field.Limit, 1, EnvelopeLimits.HistoryPage, EnvelopeLimits.DefaultHistoryPage),
        };
    }

    private static FeedScope ReadFeed(scoped ref FieldReader fields)
    {
        bool hasFeed = fields.Has(Field.Feed);
        if (hasFeed == fields.Has(Field.Room))
        {
            fields.Fail(ErrorCodes.BadField, "either room or feed must be given");
        }

        if (!hasFeed)
        {
            return FeedScope.Room;
        }

        ReadOnlySpan<byte> word = fields.Word(Field.Feed);
        if (word.SequenceEqual("user"u8))
        {
            return FeedScope.User;
        }

        if (!word.SequenceEqual("connection"u8))
        {
            fields.Fail(Field.Feed, "must be user or connection");
        }

        return FeedScope.Connection;
    }

    private static bool ReadOrder(scoped ref FieldReader fields, bool otherwise)
    {
        if (!fields.Has(Field.Order))
        {
            return otherwise;
        }

        ReadOnlySpan<byte> word = fields.Word(Field.Order);
        if (word.SequenceEqual("newest"u8))
        {
            return true;
        }

        if (!word.SequenceEqual("oldest"u8))
        {
            fields.Fail(Field.Order, "must be oldest or newest");
        }

        return false;
    }
}
