using Switchboard.Core.Backplane;

namespace Switchboard.GrainInterfaces.Serialization;

/// <summary>Converts <see cref="ResumeResult"/>.</summary>
[RegisterConverter]
internal sealed class ResumeResultConverter : IConverter<ResumeResult, ResumeResultSurrogate>
{
    public ResumeResult ConvertFromSurrogate(in ResumeResultSurrogate surrogate) =>
        new(surrogate.Status, surrogate.Connection, surrogate.Attachment, surrogate.Rooms ?? [], surrogate.User, surrogate.Own);

    public ResumeResultSurrogate ConvertToSurrogate(in ResumeResult value) =>
        new()
        {
            Status = value.Status,
            Connection = value.Connection,
            Attachment = value.Attachment,
            Rooms = [.. value.Rooms ?? []],
            User = value.User,
            Own = value.Own,
        };
}
