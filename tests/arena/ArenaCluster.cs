using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.FileProviders;
using Switchboard.Core.Rooms;
using Switchboard.Testing;
using Switchboard.Testing.Programs;

namespace Switchboard.Arena.Tests;

/// <summary>The sample as its programs run it: two silos with its grain, two edges that serve its page.</summary>
internal static class ArenaCluster
{
    public const string Room = "arena:1";

    public static Task<SwitchboardCluster> StartAsync(Action<SwitchboardClusterOptions>? configure = null) =>
        SwitchboardCluster.StartAsync(silos: 2, edges: 2, options =>
        {
            options.Grains.Rooms.Kinds.Add(
                new RoomKind { Pattern = "arena:*", Options = new RoomOptions { Logic = ArenaGrain.Kind } });
            options.GrainStorages.Add(ArenaGrain.Storage);
            options.ConfigureApp = app =>
            {
                var page = new CompositeFileProvider(
                    new PhysicalFileProvider(Checkout.PathOf("samples/arena/page")),
                    new PhysicalFileProvider(Checkout.PathOf("clients/js/dist")));
                app.UseDefaultFiles(new DefaultFilesOptions { FileProvider = page });
                app.UseStaticFiles(new StaticFileOptions { FileProvider = page });
            };
            configure?.Invoke(options);
        });
}
