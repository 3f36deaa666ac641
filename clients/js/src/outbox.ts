import type { Backoff } from "./backoff.js";
import { fullJitter } from "./backoff.js";
import type { Clock } from "./clock.js";
import { passing, SwitchboardError, toError } from "./error.js";
import { Lanes } from "./lanes.js";
import { Pace } from "./pace.js";
import type { Random } from "./random.js";
import type { Outcome, Request, RequestOptions } from "./request.js";
import type { ErrorEvent, Limits, ServerEvent } from "./wire/events.js";
import { encode, sizeOf, type Outgoing } from "./wire/outgoing.js";

export interface OutboxOptions {
  readonly maxMessages: number;
  readonly maxBytes: number;
  readonly window: number;
}

export interface OutboxHost {
  readonly clock: Clock;
  readonly random: Random;
  readonly outbox: OutboxOptions;
  readonly commandTimeout: number;
  readonly retry: Backoff;
  /** Whether commands of the lane may leave: not while its room is being joined. */
  readonly isReady: (lane: string) => boolean;
}

/** How a command is to be treated, besides its fields. */
export interface RequestKind extends RequestOptions {
  readonly lane?: string;
  readonly slot?: string | undefined;
  readonly bound?: boolean;
}

/** Everything that waits for an answer, in the order in which it was asked for, over all sockets. */
export class Outbox {
  readonly #host: OutboxHost;
  readonly #lanes: Lanes;
  readonly #flying = new Map<number, Request>();
  readonly #timers = new Set<() => void>();
  #waiting: Request[] = [];
  #lastId = 0;
  #bytes = 0;
  #pace: Pace | undefined;
  #limits: Limits | undefined;
  #send: ((commands: Outgoing[]) => void) | undefined;
  #isPaced = false;
  #failure: SwitchboardError | undefined;

  constructor(host: OutboxHost) {
    this.#host = host;
    this.#lanes = new Lanes(host.outbox.window);
  }

  /** Sends a command, now or when it can be, again and again until it is answered. */
  ask<Answer extends ServerEvent | undefined>(command: Record<string, unknown>, kind: RequestKind = {}): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const settle = (outcome: Outcome) =>
        outcome instanceof SwitchboardError ? reject(outcome) : resolve(outcome as Answer);
      this.#add(command, kind, settle);
    });
  }

  /** Sends what may get lost, if that can be done at once. */
  hint(command: Record<string, unknown>, lane: string): void {
    if (!this.#send || !this.#host.isReady(lane) || this.#pace!.take() > 0) return;
    const outgoing = encode(command);
    this.#refuseTooLarge(sizeOf(outgoing));
    this.#send([outgoing]);
  }

  /** There is a socket; `begin` is to follow, once it is known what else is to be sent. */
  opened(send: (commands: Outgoing[]) => void, limits: Limits): void {
    this.#limits = limits;
    this.#pace = new Pace(this.#host.clock, limits.rate);
    this.#send = send;
    this.#isPaced = true;
    for (const request of this.#waiting.filter(({ size }) => size > limits.message)) {
      this.#drop(request, tooLarge(request.size, limits));
    }
  }

  /** The socket is gone: what was not answered is sent again on the next one, in the same order. */
  broke(): void {
    this.#send = undefined;
    this.#isPaced = false;
    this.#timers.forEach((cancel) => cancel());
    this.#timers.clear();
    this.#lanes.clear();
    const unanswered = [...this.#flying.values(), ...this.#waiting].sort((one, other) => one.id - other.id);
    this.#flying.clear();
    this.#waiting = [];
    for (const request of unanswered) {
      request.disarm();
      if (request.bound) this.#end(request, passing("disconnected", "The connection broke."));
      else this.#wait(request);
    }
  }

  /** Nothing is sent any more; everything fails with the error. */
  fail(error: SwitchboardError): void {
    this.broke();
    this.#failure = error;
    this.#waiting.splice(0).forEach((request) => this.#end(request, error));
  }

  /** Why nothing is sent any more, if it isn't. */
  get failure(): SwitchboardError | undefined {
    return this.#failure;
  }

  /** After a failure: commands are taken again. */
  reopen(): void {
    this.#failure = undefined;
  }

  /** An event with the id of a command. Returns false if nobody waits for it. */
  answered(event: ServerEvent & { readonly id?: number }): boolean {
    const request = this.#flying.get(event.id ?? 0);
    if (!request) return false;
    request.disarm();
    this.#flying.delete(request.id);
    this.#lanes.arrived(request.lane);
    if (event.type === "error") this.#refused(request, event);
    else this.#end(request, event);
    this.flush();
    return true;
  }

  /** Sends what may leave on the new socket. */
  begin(): void {
    this.#isPaced = false;
    this.flush();
  }

  /** Sends what may leave. */
  flush(): void {
    if (!this.#send || this.#isPaced) return;
    const leaving: Request[] = [];
    const staying: Request[] = [];
    for (const request of this.#waiting) {
      if (this.#mayLeave(request)) leaving.push(request);
      else staying.push(request);
    }
    this.#waiting = staying;
    if (leaving.length === 0) return;
    leaving.forEach((request) => this.#arm(request));
    this.#send(leaving.map(({ outgoing }) => outgoing));
  }

  #mayLeave({ lane }: Request): boolean {
    if (this.#isPaced || !this.#lanes.isFree(lane) || !this.#host.isReady(lane)) return false;
    const wait = this.#pace!.take();
    if (wait > 0) this.#pause(wait);
    else this.#lanes.left(lane);
    return wait === 0;
  }

  #pause(milliseconds: number): void {
    this.#isPaced = true;
    this.#later(milliseconds, () => { this.#isPaced = false; });
  }

  #add(command: Record<string, unknown>, kind: RequestKind, settle: Request["settle"][number]): void {
    const { lane = "", slot, bound = false, timeout, signal } = kind;
    const id = ++this.#lastId;
    const outgoing = encode(command, id);
    const request: Request = {
      id, outgoing, size: sizeOf(outgoing), lane, slot, bound, attempts: 0, disarm() {}, settle: [settle],
    };
    this.#refuseTooLarge(request.size);
    if (signal?.aborted) throw aborted();
    if (this.#failure) throw this.#failure;
    if (bound && !this.#send) throw passing("disconnected", "There is no connection.");
    const { maxMessages, maxBytes } = this.#host.outbox;
    const replaced = this.#replacedBy(request);
    const isFull = !replaced && this.#flying.size + this.#waiting.length >= maxMessages;
    if (!bound && (isFull || this.#bytes + request.size - (replaced?.size ?? 0) > maxBytes)) {
      throw passing("outbox_full", "Too much waits to be sent: publish less.");
    }
    this.#bytes += request.size;
    this.#wait(request);
    this.#limit(request, timeout, signal);
    this.flush();
  }

  #wait(request: Request): void {
    const replaced = this.#replacedBy(request);
    if (replaced) this.#drop(replaced);
    this.#waiting.push(request);
  }

  /** Of a slot only the newest is kept; what it replaces is done, without an answer. */
  #replacedBy({ lane, slot }: Request): Request | undefined {
    return this.#waiting.find((other) => slot !== undefined && other.lane === lane && other.slot === slot);
  }

  #refuseTooLarge(size: number): void {
    if (this.#limits && size > this.#limits.message) throw tooLarge(size, this.#limits);
  }

  #arm(request: Request): void {
    this.#flying.set(request.id, request);
    const expire = () => this.#drop(request, passing("timeout", "The server did not answer in time."));
    request.disarm = this.#host.clock.after(this.#host.commandTimeout, expire);
  }

  #limit(request: Request, timeout: number | undefined, signal: AbortSignal | undefined): void {
    const abort = () => this.#drop(request, aborted());
    const cancel = timeout === undefined ? undefined
      : this.#host.clock.after(timeout, () => this.#drop(request, passing("timeout", "It could not be done in time.")));
    signal?.addEventListener("abort", abort);
    request.settle.push(() => {
      cancel?.();
      signal?.removeEventListener("abort", abort);
    });
  }

  #drop(request: Request, error?: SwitchboardError): void {
    if (request.settle.length === 0) return;
    if (this.#flying.delete(request.id)) this.#lanes.arrived(request.lane);
    this.#waiting = this.#waiting.filter((other) => other !== request);
    request.disarm();
    this.#end(request, error);
    this.flush();
  }

  #refused(request: Request, event: ErrorEvent): void {
    const { code, retry, retryAfter, room } = event;
    if (!retry) return this.#end(request, toError(event));
    const { retry: backoff, random } = this.#host;
    const wait = retryAfter ?? fullJitter(backoff, request.attempts++, random);
    if (code === "too_fast" && room === undefined) this.#pause(wait);
    else this.#later(wait, this.#lanes.hold(request.lane));
    const index = this.#waiting.findIndex((other) => other.id > request.id);
    this.#waiting.splice(index < 0 ? this.#waiting.length : index, 0, request);
  }

  #later(milliseconds: number, run: () => void): void {
    const cancel = this.#host.clock.after(milliseconds, () => {
      this.#timers.delete(cancel);
      run();
      this.flush();
    });
    this.#timers.add(cancel);
  }

  #end(request: Request, outcome: Outcome): void {
    this.#bytes -= request.size;
    request.settle.splice(0).forEach((tell) => tell(outcome));
  }
}

function tooLarge(size: number, limits: Limits): SwitchboardError {
  return new SwitchboardError("too_large", `It has ${size} bytes; the server takes ${limits.message}.`);
}

function aborted(): SwitchboardError {
  return new SwitchboardError("aborted", "It was aborted.");
}
