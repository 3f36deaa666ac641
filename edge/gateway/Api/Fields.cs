using System.Globalization;
using System.Text;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;
using Switchboard.Core.Users;
using Switchboard.Protocol.Envelope;

namespace Switchboard.Gateway.Api;

/// <summary>
/// Checks the fields of one request by the rules of the client protocol, and keeps the first problem. What did not pass
/// is a default value, not to be used.
/// </summary>
internal sealed class Fields
{
    private const int MaxLabelBytes = EnvelopeLimits.KeyBytes;

    public ApiProblem? Problem { get; private set; }

    public void Refuse(ApiProblem problem) => Problem ??= problem;

    public RoomName Room(string? value, string field = "room") => IsName(value, field) ? new RoomName(value!) : default;

    public UserName User(string? value, string field = "user") => IsName(value, field) ? new UserName(value!) : default;

    public ConnectionId Connection(string? value, string field = "connection") =>
        new(Label(Required(value, field) ? value : null, field) ?? string.Empty);

    /// <summary>A node's id, whatever its form: one that is not known is no problem of the request.</summary>
    public string Node(string? value) => Required(value, "node") ? Text(value, "node") : string.Empty;

    /// <summary>A slot, a key or an id; null where there is none.</summary>
    public string? Label(string? value, string field)
    {
        if (value is null)
        {
            return null;
        }

        string? problem = Name.Validate(value) ?? (Encoding.UTF8.GetByteCount(value) > MaxLabelBytes
            ? $"must not be longer than {MaxLabelBytes} bytes of UTF-8"
            : null);
        if (problem is not null)
        {
            Refuse(ApiProblem.BadName(field, problem));
        }

        return value;
    }

    /// <summary>What a person is told; empty where there is nothing.</summary>
    public string Reason(string? value, string field = "reason")
    {
        if (string.IsNullOrEmpty(value))
        {
            return string.Empty;
        }

        if (Encoding.UTF8.GetByteCount(value) > Ban.MaxReasonBytes || value.Any(char.IsControl) || !IsUnicode(value))
        {
            Refuse(ApiProblem.BadField(
                $"{field} must be at most {Ban.MaxReasonBytes} bytes of Unicode text without control characters"));
        }

        return value;
    }

    /// <summary>A text that is valid Unicode; empty where there is none.</summary>
    public string Text(string? value, string field)
    {
        if (value is not null && !IsUnicode(value))
        {
            Refuse(ApiProblem.BadField($"{field} must be valid Unicode"));
        }

        return value ?? string.Empty;
    }

    /// <summary>A pattern for names: as long as a name at most, and <c>*</c> for any characters.</summary>
    public string? Pattern(string? value) => value is null || IsName(value, "pattern") ? value : null;

    public int Limit(string? value, int most, int usual)
    {
        if (value is null)
        {
            return usual;
        }

        if (TryReadNumber(value, most, out long limit) && limit >= 1)
        {
            return (int)limit;
        }

        Refuse(ApiProblem.BadField($"limit must be 1 to {most}"));
        return usual;
    }

    /// <summary>A position as text: the epoch, a colon, the offset.</summary>
    public Position? Position(string? value, string field)
    {
        if (value is null)
        {
            return null;
        }

        if (value.Split(':') is [var digits, var rest]
            && Epoch.TryParse(digits, out Epoch epoch)
            && TryReadNumber(rest, EnvelopeLimits.MaxInteger, out long offset))
        {
            return new Position(epoch, offset);
        }

        Refuse(ApiProblem.BadField($"{field} must be a position, EPOCH:OFFSET, as 8a1c5be07d3f2946:4711"));
        return null;
    }

    public DeliveryClass Class(string? value)
    {
        switch (value)
        {
            case null or "reliable":
                return DeliveryClass.Reliable;
            case "latest":
                return DeliveryClass.Latest;
            case "volatile":
                return DeliveryClass.Volatile;
            default:
                Refuse(ApiProblem.BadField("class must be reliable, latest or volatile"));
                return default;
        }
    }

    /// <summary>Says no where not exactly one of two fields is there.</summary>
    public void ExactlyOne(bool first, bool second, string names)
    {
        if (first == second)
        {
            Refuse(ApiProblem.BadField($"there must be exactly one of {names}"));
        }
    }

    private static bool IsUnicode(string value)
    {
        ReadOnlySpan<char> rest = value;
        while (!rest.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(rest, out _, out int consumed) != System.Buffers.OperationStatus.Done)
            {
                return false;
            }

            rest = rest[consumed..];
        }

        return true;
    }

    // The base library's parser passes over NULs at the end.
    private static bool TryReadNumber(string value, long most, out long number)
    {
        number = 0;
        return !value.AsSpan().ContainsAnyExceptInRange('0', '9')
            && long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out number)
            && number <= most;
    }

    private bool IsName(string? value, string field)
    {
        if (!Required(value, field))
        {
            return false;
        }

        if (Name.Validate(value) is not { } problem)
        {
            return true;
        }

        Refuse(ApiProblem.BadName(field, problem));
        return false;
    }

    private bool Required(string? value, string field)
    {
        if (value is null)
        {
            Refuse(ApiProblem.BadField($"{field} is missing"));
        }

        return value is not null;
    }
}
