using Switchboard.Gateway;
using Switchboard.Standalone;

SocketEngine.PreferInline();
WebApplicationBuilder builder = WebApplication.CreateBuilder(new WebApplicationOptions
{
    Args = CommandLine.Expand(args),
    ContentRootPath = AppContext.BaseDirectory,
});
builder.AddSwitchboard();

WebApplication app = builder.Build();
app.UseSwitchboard();
app.UseDefaultFiles();
app.UseStaticFiles();
app.UseRouting();
app.MapGet("/healthz", () => Results.Text("ok"));
app.MapFallback(() => Results.Text("There is nothing at this path.", statusCode: StatusCodes.Status404NotFound));
return await Startup.RunAsync(app);
