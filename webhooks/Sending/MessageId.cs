using Switchboard.Core.Identifiers;

namespace Switchboard.Webhooks.Sending;

/// <summary>Names one event to its receivers: "msg_" and 128 random bits.</summary>
internal static class MessageId
{
    public static string Create(IRandomSource random) => $"msg_{RandomText.Create(random)}";
}
