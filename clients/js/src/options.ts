import type { Backoff } from "./backoff.js";
import { systemClock, type Clock } from "./clock.js";
import type { TokenSource } from "./credentials.js";
import { endpointsOf } from "./endpoints.js";
import { systemRandom, type Random } from "./random.js";
import { EventStream } from "./transports/eventStream.js";
import { LongPolling } from "./transports/longPolling.js";
import type { TransportFactory } from "./transports/transport.js";
import { openWebSocket } from "./transports/webSocket.js";

export type TransportName = "websocket" | "sse" | "long-polling";

export interface ReconnectOptions extends Partial<Backoff> {
  /** After how many failed attempts in a row it gives up; by default never. */
  readonly maxAttempts?: number;
}

export interface OutboxLimits {
  /** The most commands that may wait for their answer; by default 1000. */
  readonly maxMessages?: number;
  /** The most bytes that they may have; by default 1 MiB. */
  readonly maxBytes?: number;
  /** The most publishes of one room on their way at a time; by default 64. With 1 the order holds whatever is refused. */
  readonly window?: number;
}

export interface ClientOptions {
  /** The server: ws, wss, http or https, with the path that it is mounted at, with or without `/ws`. By default the page's. */
  readonly url?: string | URL;
  /** Who the client is, or what gets that: it is asked for each connect, and when a token ends. */
  readonly token?: TokenSource;
  /** The name of the user, for servers in development. */
  readonly user?: string;
  /** In the order in which they are tried; by default WebSocket, server-sent events, long polling. */
  readonly transports?: readonly (TransportName | TransportFactory)[];
  readonly reconnect?: ReconnectOptions;
  readonly outbox?: OutboxLimits;
  /** Milliseconds for an answer on an open connection, and for a welcome; by default 10,000. */
  readonly commandTimeout?: number;
  /** An implementation of WebSocket; by default the global one, which Node has since 22. */
  readonly webSocket?: new (url: string, subprotocol: string) => unknown;
  readonly fetch?: typeof fetch;
  /** For tests. */
  readonly clock?: Clock;
  /** For tests: numbers from 0 to below 1. */
  readonly random?: Random;
}

const factories: Record<TransportName, TransportFactory> = {
  "websocket": openWebSocket,
  "sse": (context) => new EventStream(context),
  "long-polling": (context) => new LongPolling(context),
};

/** The options with their defaults. */
export type Settings = ReturnType<typeof settle>;

export function settle(options: ClientOptions) {
  const { transports = ["websocket", "sse", "long-polling"] as const } = options;
  const { initialDelay = 250, maxDelay = 20_000, factor = 2, maxAttempts = Infinity } = options.reconnect ?? {};
  const { maxMessages = 1000, maxBytes = 1 << 20, window = 64 } = options.outbox ?? {};
  const webSocket = (options.webSocket ?? globalThis.WebSocket) as (new (url: string, subprotocol: string) => WebSocket) | undefined;
  const there = transports.filter((name) => name !== "websocket" || webSocket);
  if (there.length === 0) {
    throw new TypeError("No transport can be used here: pass webSocket, or other transports.");
  }
  return {
    endpoints: endpointsOf(options.url ?? "/", options.user),
    token: options.token,
    transports: there.map((one) => typeof one === "string" ? factories[one] : one),
    reconnect: { initialDelay, maxDelay, factor, maxAttempts },
    outbox: { maxMessages, maxBytes, window },
    commandTimeout: options.commandTimeout ?? 10_000,
    webSocket,
    fetch: options.fetch ?? ((...request: Parameters<typeof fetch>) => fetch(...request)),
    clock: options.clock ?? systemClock,
    random: options.random ?? systemRandom,
  };
}
