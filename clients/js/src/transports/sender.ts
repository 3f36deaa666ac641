import { fullJitter } from "../backoff.js";
import { toText } from "../wire/binary.js";
import type { Outgoing } from "../wire/outgoing.js";
import { broken, post, refusal } from "./http.js";
import type { End, TransportContext } from "./transport.js";

const mostCommands = 100;
const mostLength = 60_000;
const mostAttempts = 8;
/** What is refused while a stream or poll is not there yet, or has moved; `out_of_order` never gets better. */
const comesLater = ["no_session", "resume_expired", "out_of_order"];
const backoff = { initialDelay: 200, maxDelay: 5000, factor: 2 };

/** As many commands as one request takes. */
export function takeBatch(waiting: Outgoing[]): Outgoing[] {
  let length = 0;
  const end = waiting.findIndex((one, index) =>
    index === mostCommands || (length += one.text.length + (one.bytes?.length ?? 0)) > mostLength && index > 0);
  return waiting.splice(0, end < 0 ? waiting.length : end);
}

/** Posts commands for a stream or a poll that is open: one request after another, each until it is answered. */
export class Sender {
  /** The number that the next request has. */
  next = 1;
  readonly #context: TransportContext;
  readonly #failed: (end: End) => void;
  #waiting: Outgoing[] = [];
  #isSending = false;
  #run = 0;
  #cancel = () => {};

  constructor(context: TransportContext, failed: (end: End) => void) {
    this.#context = context;
    this.#failed = failed;
  }

  send(commands: readonly Outgoing[]): void {
    this.#waiting.push(...commands);
    if (!this.#isSending) void this.#sendAll();
  }

  /** Forgets what waits. What is on its way may still be taken. */
  stop(): void {
    this.#run++;
    this.#waiting = [];
    this.#isSending = false;
    this.#cancel();
  }

  async #sendAll(): Promise<void> {
    const run = this.#run;
    this.#isSending = true;
    while (this.#waiting.length > 0) {
      const commands = takeBatch(this.#waiting).map(toText).join();
      const end = await this.#sendOne(this.next++, commands, run);
      if (run !== this.#run) return;
      if (end) {
        this.stop();
        this.#failed(end);
        return;
      }
    }
    this.#isSending = false;
  }

  /** Posts one request until it is taken; how it all ends if it can't be. */
  async #sendOne(seq: number, commands: string, run: number): Promise<End | undefined> {
    for (let attempt = 0; run === this.#run; attempt++) {
      const end = await this.#post(seq, commands);
      const isWaiting = comesLater.includes(end?.error?.code ?? "");
      if (!end || run !== this.#run || end.next !== "resume" && !isWaiting) return end;
      if (attempt === mostAttempts || end.error?.code === "out_of_order") return { ...end, next: "resume" };
      const wait = isWaiting ? 0 : end.retryAfter ?? 0;
      await this.#pause(Math.max(wait, fullJitter(backoff, attempt, this.#context.random)));
    }
    return undefined;
  }

  async #post(seq: number, commands: string): Promise<End | undefined> {
    const { resume } = this.#context.hello();
    const body = `${JSON.stringify({ resume, seq }).slice(0, -1)},"commands":[${commands}]}`;
    try {
      const response = await post(this.#context, this.#context.endpoints.send, body);
      return response.ok ? undefined : await refusal(response);
    } catch {
      return broken(true);
    }
  }

  #pause(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.#context.clock.after(milliseconds, resolve);
      this.#cancel = () => {
        cancel();
        resolve();
      };
    });
  }
}
