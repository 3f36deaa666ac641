using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Switchboard.Gateway.Identity.ApiKeys;
using Switchboard.Gateway.Identity.Grants;
using Switchboard.Gateway.Identity.Tokens;
using Switchboard.Gateway.Metrics;
using Switchboard.Gateway.Webhooks;
using Switchboard.Webhooks.Questions;

namespace Switchboard.Gateway.Identity;

/// <summary>Adds what says who a client is and what it may do.</summary>
internal static class IdentityExtensions
{
    // They write down whole requests, with the token in the query of a browser.
    private static readonly string[] Indiscreet =
        ["Microsoft.AspNetCore.Hosting.Diagnostics", "Microsoft.AspNetCore.Server.Kestrel.BadRequests"];

    public static void AddSwitchboardIdentity(this IServiceCollection services)
    {
        services.TryAddSingleton<TokenVerifierFactory>();
        services.TryAddSingleton(static provider =>
            provider.GetRequiredService<TokenVerifierFactory>().Create(Access(provider).Tokens));
        services.TryAddSingleton(static provider =>
            new Authenticator(provider.GetRequiredService<ITokenVerifier>(), Access(provider)));
        services.TryAddSingleton(static provider =>
            new TokenIssuer(Access(provider).Tokens, provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton(static provider => new ApiKeyVerifier(Access(provider).ApiKeys));
        services.TryAddSingleton(CreateProvider);

        // The last rule counts; but one for a single provider, of any category, before all that are for every one.
        services.AddLogging().PostConfigure<LoggerFilterOptions>(static filters =>
        {
            string?[] providers = [null, .. filters.Rules.Select(static rule => rule.ProviderName).OfType<string>().Distinct()];
            foreach (string? provider in providers)
            {
                Array.ForEach(Indiscreet, category => filters.Rules.Add(new LoggerFilterRule(provider, category, LogLevel.Warning, null)));
            }
        });
    }

    private static IIdentityProvider CreateProvider(IServiceProvider provider)
    {
        AccessOptions access = Access(provider);
        if (provider.GetService<QuestionBook>() is { NamesUsers: true } questions)
        {
            return access.Tokens.IsConfigured
                ? throw new InvalidOperationException(
                    "Webhooks.NamesUsers and Access.Tokens both say who a client is; configure one of them")
                : new AskedIdentityProvider(questions);
        }

        return access.Tokens.IsConfigured
            ? new TokenIdentityProvider(
                provider.GetRequiredService<Authenticator>(), access.Tokens, provider.GetRequiredService<GatewayMetrics>())
            : new DevelopmentIdentityProvider(access.DevelopmentIdentity);
    }

    private static AccessOptions Access(IServiceProvider provider) =>
        provider.GetRequiredService<IOptions<GatewayOptions>>().Value.Access;
}
