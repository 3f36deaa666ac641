using Microsoft.Extensions.Options;

namespace Switchboard.Webhooks;

/// <summary>Refuses to start with options that are out of bounds, and names every one.</summary>
internal sealed class WebhookOptionsValidator : IValidateOptions<WebhookOptions>
{
    public ValidateOptionsResult Validate(string? name, WebhookOptions options)
    {
        string[] problems = [.. options.Validate().Select(static problem => $"Webhooks.{problem}")];
        return problems.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
