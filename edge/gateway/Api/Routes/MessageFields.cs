using System.Buffers.Text;
using Switchboard.Core.Backplane;
using Switchboard.Core.Feeds;
using Switchboard.Gateway.Api.Requests;

namespace Switchboard.Gateway.Api.Routes;

/// <summary>Makes the server's publication of what a body says.</summary>
internal static class MessageFields
{
    public static Publication Read(ApiRequest request, MessageBody body)
    {
        Fields fields = request.Fields;
        bool hasData = !body.Data.Utf8.IsEmpty;
        fields.ExactlyOne(hasData, body.Base64 is not null, "data and base64");
        DeliveryClass delivery = fields.Class(body.Class);
        string? slot = fields.Label(body.Slot, "slot");
        if ((delivery == DeliveryClass.Latest) != slot is not null)
        {
            fields.Refuse(ApiProblem.BadField("a slot goes with the class latest, and only with that"));
        }

        string? key = fields.Label(body.Key ?? request.IdempotencyKey, body.Key is null ? "Idempotency-Key" : "key");
        if (body.Key is not null && request.IdempotencyKey is not null && body.Key != request.IdempotencyKey)
        {
            fields.Refuse(ApiProblem.BadField("key and Idempotency-Key differ"));
        }

        if (key is not null && delivery == DeliveryClass.Volatile)
        {
            fields.Refuse(ApiProblem.BadField("a volatile message takes no key"));
        }

        ReadOnlyMemory<byte> payload = hasData ? body.Data.Utf8 : Decode(fields, body.Base64);
        PayloadKind kind = hasData ? PayloadKind.Json : PayloadKind.Binary;
        return new Publication(payload, kind, delivery, slot, key, Sender: null, ExceptSender: false);
    }

    private static byte[] Decode(Fields fields, string? base64)
    {
        if (base64 is null || !Base64.IsValid(base64))
        {
            fields.Refuse(ApiProblem.BadField("base64 must be the base64 of RFC 4648 §4"));
            return [];
        }

        return Convert.FromBase64String(base64);
    }
}
