namespace Switchboard.Gateway.Api.Answers;

/// <summary>What became of a message in each room, in the order of the request.</summary>
internal sealed record PublishedManyAnswer(PublishedAnswer[] Results);
