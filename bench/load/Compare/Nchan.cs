namespace Switchboard.Load.Compare;

/// <summary>nginx with Nchan, from the distribution's packages, with a configuration of its own in a private
/// directory.</summary>
internal static class Nchan
{
    private static readonly string[] _programs = ["/usr/sbin/nginx", "/usr/bin/nginx", "/usr/local/sbin/nginx"];

    private static readonly string[] _modules =
    [
        "/usr/lib/nginx/modules/ngx_nchan_module.so",
        "/usr/lib64/nginx/modules/ngx_nchan_module.so",
        "/usr/share/nginx/modules/ngx_nchan_module.so",
    ];

    /// <summary>Starts it, or returns null where it is not installed.</summary>
    public static ServerProcess? Start()
    {
        var program = Array.Find(_programs, File.Exists);
        var module = Array.Find(_modules, File.Exists);
        if (program is null || module is null)
        {
            return null;
        }

        var port = ServerProcess.FreePort();
        var directory = Directory.CreateTempSubdirectory("switchboard-nchan-").FullName;
        var configuration = Path.Combine(directory, "nginx.conf");
        File.WriteAllText(configuration, Configuration(module, directory, port));
        return ServerProcess.Start(
            [program, "-p", directory, "-e", "stderr", "-c", configuration], port,
            () => Directory.Delete(directory, recursive: true));
    }

    // One worker, because each system gets one process; messages in memory; a buffer that holds all that are in flight,
    // for a subscriber that falls behind it would miss some.
    private static string Configuration(string module, string directory, int port) =>
        $$"""
        load_module {{module}};
        daemon off;
        worker_processes 1;
        worker_rlimit_nofile 20000;
        pid {{directory}}/nginx.pid;
        error_log stderr crit;
        events { worker_connections 16384; }
        http {
            access_log off;
            client_body_temp_path {{directory}}/body;
            proxy_temp_path {{directory}}/proxy;
            fastcgi_temp_path {{directory}}/fastcgi;
            uwsgi_temp_path {{directory}}/uwsgi;
            scgi_temp_path {{directory}}/scgi;
            nchan_shared_memory_size 128M;
            server {
                listen 127.0.0.1:{{port}} backlog=4096;
                location ~ ^/sub/(\w+)$ { nchan_subscriber websocket; nchan_channel_id $1; }
                location ~ ^/pub/(\w+)$ {
                    nchan_publisher websocket;
                    nchan_channel_id $1;
                    nchan_message_buffer_length 64;
                }
            }
        }
        """;
}
