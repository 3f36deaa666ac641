import type { SwitchboardError } from "./error.js";
import type { Lost, Message } from "./events.js";
import { toMessage, type FeedName } from "./message.js";
import type { HistoryEvent, WireMessage } from "./wire/events.js";
import { place, type Position, type Start } from "./wire/position.js";

/** What a feed needs of the world. */
export interface FeedHost {
  /** The page of its history behind a position. Fails when the connection breaks. */
  readonly page: (after: Position) => Promise<HistoryEvent>;
  readonly deliver: (message: Message) => void;
  readonly lost: (lost: Lost) => void;
}

interface Gap {
  to: Position;
  readonly reason: string;
  readonly held: WireMessage[];
}

/** The most pages that are read to fill a gap; what needs more is lost. */
const mostPages = 10;

/**
 * What was seen of one feed. Messages leave it in order and once. What the server could not deliver is read from the
 * history if it is still there, while live messages wait; otherwise it is told as lost.
 */
export class Feed {
  position: Position | undefined;
  readonly #name: FeedName;
  readonly #host: FeedHost;
  #gap: Gap | undefined;

  constructor(name: FeedName, host: FeedHost) {
    this.#name = name;
    this.#host = host;
  }

  /** A start: the position stays where all since then follows, or where what was missed is read now. */
  start(start: Start): void {
    if (start.recovered) return;
    if (this.#isSameEpoch(start) && this.position!.offset > start.offset) this.#lose(start, "ahead");
    else this.#moved(start, start.reason);
  }

  /** A `lost` event. */
  dropped(to: Position): void {
    this.#moved(to, this.#isSameEpoch(to) ? "dropped" : undefined);
  }

  /** A live message. */
  message(message: WireMessage): void {
    if (this.#gap && message.offset !== undefined) this.#gap.held.push(message);
    else this.#take(message);
  }

  /** The socket is gone, and with it what waits: it comes again from the position. */
  interrupt(): void {
    this.#gap = undefined;
  }

  #isSameEpoch({ epoch }: Position): boolean {
    return this.position?.epoch === epoch;
  }

  #moved(to: Position, reason: string | undefined): void {
    if (!this.position) this.position = place(to);
    else if (!this.#isSameEpoch(to)) this.#lose(to, reason ?? "epoch_changed");
    else if (this.position.offset < to.offset) void this.#fill(place(to), reason ?? "trimmed");
  }

  #take(message: WireMessage): void {
    const { offset } = message;
    if (offset !== undefined) {
      if (!this.position || offset <= this.position.offset) return;
      this.position = { epoch: this.position.epoch, offset };
    }
    this.#host.deliver(toMessage(message, this.#name, this.position?.epoch));
  }

  async #fill(to: Position, reason: string): Promise<void> {
    if (this.#gap) {
      if (this.#gap.to.offset < to.offset) this.#gap.to = to;
      return;
    }
    const gap: Gap = { to, reason, held: [] };
    this.#gap = gap;
    const failure = await this.#read(gap);
    if (this.#gap !== gap) return;
    this.#gap = undefined;
    if (failure) this.#lose(gap.to, failure === "position_unknown" ? reason : failure);
    else if (this.position!.offset < gap.to.offset) this.position = gap.to;
    gap.held.forEach((message) => this.#take(message));
  }

  /** Delivers what is in the history up to the end of the gap; the code of the error if that did not work. */
  async #read(gap: Gap): Promise<string | undefined> {
    for (let pages = 0; pages < mostPages; pages++) {
      try {
        const { epoch, messages, more } = await this.#host.page(this.position!);
        if (this.#gap !== gap) return undefined;
        if (epoch !== gap.to.epoch) return "epoch_changed";
        messages.forEach((message) => this.#take(message));
        if (!more || this.position!.offset >= gap.to.offset) return undefined;
      } catch (error) {
        const { code } = error as SwitchboardError;
        if (code !== "timeout") return code; // It may be a dead socket: then the next one goes on.
      }
    }
    return gap.reason;
  }

  #lose(to: Position, reason: string): void {
    const from = this.position;
    this.#gap = undefined;
    this.position = place(to);
    this.#host.lost({ ...this.#name, from, to: this.position, reason });
  }
}
