import { afterClose } from "../wire/closeCodes.js";
import type { Outgoing } from "../wire/outgoing.js";
import { broken, post, refusal, sayGoodbye } from "./http.js";
import { Sender } from "./sender.js";
import type { End, Transport, TransportContext } from "./transport.js";

/** What streams and polls have in common: a request for events that can be given up, and requests with commands. */
export abstract class HttpWay implements Transport {
  abstract readonly quiet: number;
  protected readonly context: TransportContext;
  protected readonly sender: Sender;
  protected wasOpen = false;
  #request = new AbortController();
  #isOver = false;

  constructor(context: TransportContext) {
    this.context = context;
    this.sender = new Sender(context, (end) => this.sendFailed(end));
  }

  connect(): void {
    this.#request.abort();
    this.#request = new AbortController();
    void this.run(this.#request.signal);
  }

  send(commands: readonly Outgoing[]): void {
    this.sender.send(commands);
  }

  close(): Promise<void> {
    this.abandon();
    return sayGoodbye(this.context);
  }

  abandon(): void {
    this.#isOver = true;
    this.sender.stop();
    this.#request.abort();
  }

  /** Receives events until the signal. */
  protected abstract run(signal: AbortSignal): Promise<void>;

  protected sendFailed(end: End): void {
    this.finish(end);
  }

  /** The answer to a request for events; undefined if there is none, which then is the end. */
  protected async ask(url: string, body: string, signal: AbortSignal): Promise<Response | undefined> {
    const response = await post(this.context, url, body, { signal }).catch(() => undefined);
    if (response?.ok) return response;
    const end = response ? await refusal(response) : broken(this.wasOpen);
    if (!signal.aborted) this.finish(end);
    return undefined;
  }

  protected take(event: any): void {
    this.wasOpen = true;
    if (event.type !== "closed") this.context.receive(event);
    else this.finish({ code: event.code, text: event.reason ?? "", next: afterClose(event.code), wasOpen: true });
  }

  protected finish(end: End): void {
    if (this.#isOver) return;
    this.abandon();
    this.context.ended(end);
  }
}
