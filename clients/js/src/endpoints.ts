/** Where the server's doors are. */
export interface Endpoints {
  readonly webSocket: string;
  readonly poll: string;
  readonly stream: string;
  readonly send: string;
}

/** From the address of a server, of any of the schemes ws, wss, http and https, with the path that it is mounted at. */
export function endpointsOf(address: string | URL, user: string | undefined): Endpoints {
  const base = new URL(address, globalThis.location?.href);
  // Without this, localhost:8080 would be an address of the scheme localhost.
  if (!/^(http|ws)s?:$/.test(base.protocol)) throw new TypeError("The url must begin with http(s) or ws(s).");
  const mount = base.pathname.replace(/(\/ws)?\/?$/, "");
  if (user !== undefined) base.searchParams.set("user", user);
  const at = (scheme: string, path: string) => {
    const url = new URL(base);
    url.hash = "";
    url.protocol = base.protocol.replace(/^(http|ws)/, scheme);
    url.pathname = mount + path;
    return url.href;
  };
  return {
    webSocket: at("ws", "/ws"),
    poll: at("http", "/fallback/poll"),
    stream: at("http", "/fallback/sse"),
    send: at("http", "/fallback/send"),
  };
}
