import { fullJitter } from "./backoff.js";
import { tokenOf } from "./credentials.js";
import { SwitchboardError, textOf } from "./error.js";
import type { Settings } from "./options.js";
import type { End, Hello, Transport } from "./transports/transport.js";
import type { ServerEvent } from "./wire/events.js";

/** After so long a connection counts as good, and the next attempt as the first one. */
const steadyAfter = 30_000;

export interface ConnectorHost {
  /** What to resume, if anything. */
  readonly hello: () => Hello;
  readonly presence: () => Record<string, number | undefined>;
  readonly heard: () => void;
  readonly receive: (event: ServerEvent) => void;
  /** A way was given up; another attempt begins in so many milliseconds. */
  readonly broke: (end: End, retryIn: number) => void;
  /** It is over. */
  readonly stopped: (end: End, error: SwitchboardError) => void;
}

/** Gets one transport after another, until it is stopped here or the server says not to come back. */
export class Connector {
  transport: Transport | undefined;
  /** The token in use. */
  token: string | undefined;
  readonly #settings: Settings;
  readonly #host: ConnectorHost;
  #index = 0;
  #worked: number | undefined;
  #attempt = 0;
  #isTokenFresh = false;
  #welcomedAt: number | undefined;
  #run = 0;
  #cancel = () => {};

  constructor(settings: Settings, host: ConnectorHost) {
    this.#settings = settings;
    this.#host = host;
  }

  /** Begins an attempt now, unless one is under way. */
  async start(): Promise<void> {
    if (this.transport) return;
    this.#cancel();
    const run = ++this.#run;
    const { token, clock, commandTimeout } = this.#settings;
    try {
      this.token = await tokenOf(token);
    } catch (error) {
      if (run === this.#run) this.#broke(`No token could be got: ${textOf(error)}`, true);
      return;
    }
    if (run !== this.#run) return;
    this.#cancel = clock.after(commandTimeout, () => this.lose("There was no welcome in time.", false));
    this.#open(run);
  }

  /** A welcome came: the way works. */
  welcomed(): void {
    if (this.#welcomedAt !== undefined) return;
    this.#cancel();
    this.#welcomedAt = this.#settings.clock.now();
    this.#worked = Math.min(this.#worked ?? Infinity, this.#index);
    this.#isTokenFresh = false;
  }

  /** Gives the way up as dead. */
  lose(text: string, wasOpen = true): void {
    this.transport?.abandon();
    this.#broke(text, wasOpen);
  }

  /** Gives the way up for what the server said on it. */
  refuse(end: End): void {
    this.transport?.abandon();
    this.#ended(end);
  }

  /** Says goodbye, and does nothing more. */
  close(): Promise<void> {
    const { transport } = this;
    this.#reset();
    this.#index = this.#worked ?? 0;
    this.#begunAnew();
    return transport?.close() ?? Promise.resolve();
  }

  #open(run: number): void {
    const { endpoints, clock, random, webSocket, fetch, transports } = this.#settings;
    const { hello, presence, heard, receive } = this.#host;
    const isCurrent = () => run === this.#run;
    try {
      this.transport = transports[this.#index]!({
        clock, random, webSocket, fetch, presence, endpoints,
        hello: () => ({ token: this.token, ...hello() }),
        heard: () => { if (isCurrent()) heard(); },
        receive: (event) => { if (isCurrent()) receive(event); },
        ended: (end) => { if (isCurrent()) this.#ended(end); },
      });
    } catch (error) {
      this.#broke(textOf(error), false); // Such as a page with TLS and an address without.
      return;
    }
    this.transport.connect();
  }

  #broke(text: string, wasOpen: boolean): void {
    this.#ended({ code: 1006, text, next: "resume", wasOpen });
  }

  #ended(end: End): void {
    const { transports, reconnect, random, clock } = this.#settings;
    const worked = this.#worked;
    if (clock.now() - (this.#welcomedAt ?? Infinity) >= steadyAfter) this.#attempt = 0;
    this.#reset();
    if (worked === undefined && !end.wasOpen && end.next !== "token" && this.#index + 1 < transports.length) {
      this.#index++;
      void this.start();
      return;
    }
    this.#index = worked ?? 0;
    const mayRefresh = typeof this.#settings.token === "function" && !this.#isTokenFresh;
    if (end.next === "stop" || end.next === "token" && !mayRefresh || this.#attempt >= reconnect.maxAttempts) {
      this.#begunAnew();
      this.#host.stopped(end, end.error ?? errorOf(end));
      return;
    }
    this.#isTokenFresh = end.next === "token";
    const wait = Math.max(end.retryAfter ?? 0, fullJitter(reconnect, this.#attempt++, random));
    this.#cancel = clock.after(wait, () => void this.start());
    this.#host.broke(end, wait);
  }

  #begunAnew(): void {
    this.#attempt = 0;
    this.#isTokenFresh = false;
  }

  #reset(): void {
    this.#run++;
    this.#cancel();
    this.#cancel = () => {};
    this.transport = undefined;
    this.#welcomedAt = undefined;
  }
}

/** The reason of a close code is a word for programs. */
function errorOf({ code, text, next }: End): SwitchboardError {
  const word = /^[a-z_]+$/.test(text) ? text : code === 1006 ? "unreachable" : `closed_${code}`;
  return new SwitchboardError(word, `The connection ended: ${text || code}.`, { retryable: next === "resume" });
}
