import { toText } from "../wire/binary.js";
import type { Outgoing } from "../wire/outgoing.js";
import { broken, session } from "./http.js";
import { HttpWay } from "./httpWay.js";
import { takeBatch } from "./sender.js";
import type { End } from "./transport.js";

const longest = 25;

/**
 * One poll after another, each a resume. Commands go up by requests of their own while a poll waits; those that no
 * answer came for go up again with the next poll.
 */
export class LongPolling extends HttpWay {
  override readonly quiet = longest;
  #isWaiting = false;
  /** More waits than the poll took: what comes now must not overtake it. */
  #isFull = false;
  #unanswered: Outgoing[] = [];

  override send(commands: readonly Outgoing[]): void {
    const isSent = this.#isWaiting && !this.#isFull;
    this.#unanswered.push(...commands.filter(({ id }) => !isSent || id !== undefined));
    if (isSent) super.send(commands);
  }

  protected override async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) await this.#poll(signal);
  }

  /** Without a poll that holds the connection, the next one takes the commands. */
  protected override sendFailed(end: End): void {
    if (end.next !== "resume") this.finish(end);
  }

  async #poll(signal: AbortSignal): Promise<void> {
    const batch = takeBatch([...this.#unanswered]);
    this.#isFull = batch.length < this.#unanswered.length;
    const wait = this.wasOpen && batch.length === 0 ? longest : 0;
    const head = { ...session(this.context), presence: this.context.presence(), seq: this.sender.next, wait };
    const body = `${JSON.stringify(head).slice(0, -1)},"commands":[${batch.map(toText).join()}]}`;
    this.#isWaiting = true;
    const response = await this.ask(this.context.endpoints.poll, body, signal);
    const events = await response?.json().catch(() => undefined);
    this.#isWaiting = false;
    if (signal.aborted) return;
    this.sender.stop();
    // A refusal in place of a welcome ends what there was: whoever comes back is told what to do.
    if (!Array.isArray(events) || this.wasOpen && events[0]?.type === "error") return this.finish(broken(this.wasOpen));
    this.context.heard();
    const answered = new Set(events.map(({ id }) => id));
    this.#unanswered = this.#unanswered.filter((one) => one.id === undefined ? !batch.includes(one) : !answered.has(one.id));
    for (const event of events) {
      if (!signal.aborted) this.take(event);
    }
  }
}
