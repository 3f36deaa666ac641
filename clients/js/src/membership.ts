import { tokenOf, type TokenSource } from "./credentials.js";
import { defer, type Deferred } from "./deferred.js";
import { isBreak, SwitchboardError } from "./error.js";
import type { Position } from "./wire/position.js";

/** How to be in a room. */
export interface JoinOptions {
  /** Whether to be told of the other members. */
  readonly presence?: boolean;
  /** This member's presence state: a JSON object. */
  readonly state?: object | null;
  /** What was last seen of the room: what came since is delivered first. */
  readonly from?: Position | undefined;
  /** A token for this room, or what gets one. */
  readonly token?: TokenSource | undefined;
}

/** What a membership needs of its room. */
export interface MembershipHost {
  readonly isConnected: () => boolean;
  readonly position: () => Position | undefined;
  /** Sends a command about the membership; fails with `disconnected` when the connection breaks. */
  readonly ask: (command: Record<string, unknown>) => Promise<unknown>;
  /** What waits for the membership may go on. */
  readonly settled: () => void;
  /** It ended without having been left. */
  readonly ended: (reason: string) => void;
}

/**
 * The membership of a room as it is wanted and as it is. What differs is put right by a command, one at a time, again
 * after each answer and on each new socket: so what was under way when a socket broke is neither lost nor done twice.
 */
export class Membership {
  isWanted = false;
  stage: "out" | "joining" | "joined" = "out";
  options: JoinOptions = {};
  readonly #host: MembershipHost;
  #state: object | null = null;
  /** The last one that the server took. */
  #taken: object | null = null;
  #isStateNew = false;
  #isBusy = false;
  /** The server may have the client in from before: that is to end first. */
  #mustLeave = false;
  #joining: Deferred<void> | undefined;
  #leaving: Deferred<void> | undefined;
  #stating: Deferred<void> | undefined;

  constructor(host: MembershipHost) {
    this.#host = host;
  }

  join(options: JoinOptions): Promise<void> {
    if (!this.isWanted) {
      this.isWanted = true;
      this.options = options;
      this.#state = options.state ?? null;
      this.#isStateNew = false;
    } else if (options.state !== undefined) {
      this.#state = options.state;
      this.#isStateNew = true;
    }
    const joining = this.stage === "joined" ? undefined : this.#joining ??= defer();
    this.reconcile();
    return joining?.promise ?? Promise.resolve();
  }

  leave(): Promise<void> {
    if (this.stage !== "out") this.#mustLeave = true;
    this.#end(new SwitchboardError("left", "The room was left."));
    if (!this.#mustLeave) return Promise.resolve();
    const { promise } = this.#leaving ??= defer();
    this.reconcile();
    return promise;
  }

  setState(state: object | null): Promise<void> {
    if (!this.isWanted) return Promise.reject(notJoined("Join the room first."));
    this.#state = state;
    this.#isStateNew = true;
    const { promise } = this.#stating ??= defer();
    this.reconcile();
    return promise;
  }

  /** A `joined`. Returns false if it is of a membership that is not wanted any more. */
  joined(isAnswer: boolean): boolean {
    if (isAnswer && (this.stage !== "joining" || this.#mustLeave)) return false;
    this.isWanted = true;
    this.#mustLeave = false;
    this.#enter();
    return true;
  }

  /** A resume whose welcome has the room. Returns whether the membership goes on; `isFirst` on a new socket. */
  kept(isFirst: boolean): boolean {
    if (isFirst) this.#isBusy = false;
    const goesOn = !this.#mustLeave && (this.stage !== "out" || !this.isWanted);
    if (goesOn && this.stage !== "joined") this.isWanted = true;
    if (goesOn) this.#enter();
    else this.#mustLeave = true;
    return goesOn;
  }

  /** A resume whose welcome does not have the room. */
  missing(isFirst: boolean): void {
    if (isFirst) this.#isBusy = false;
    if (!this.#isBusy) this.#hasLeft(); // Otherwise a join may be under way.
    if (this.stage === "joined" && this.options.token === undefined) this.removed("removed");
    else if (this.stage === "joined" || isFirst) this.stage = "out";
  }

  /** The connection is another one, which is in no room yet. */
  begunAnew(): void {
    this.#isBusy = false;
    this.stage = "out";
    this.#hasLeft();
  }

  /** The server ended it. */
  removed(reason: string): void {
    const wasWanted = this.isWanted;
    this.#end(notJoined(`The server ended the membership: ${reason}.`));
    this.#hasLeft();
    if (wasWanted) this.#host.ended(reason);
    this.#host.settled();
  }

  /** The client is closed. It still wants to be in the room, should it connect again. */
  fail(error: SwitchboardError): void {
    this.stage = "out";
    this.#isBusy = false;
    this.#hasLeft();
    this.#reject(error);
  }

  /** Does the next thing that brings what is to what is wanted. */
  reconcile(): void {
    if (this.#isBusy || !this.#host.isConnected()) return;
    if (this.#mustLeave) void this.#do(() => this.#leave());
    else if (this.isWanted && this.stage === "out") void this.#do(() => this.#join());
    else if (this.isWanted && this.#isStateNew) void this.#do(() => this.#sendState());
  }

  async #do(work: () => Promise<void>): Promise<void> {
    this.#isBusy = true;
    try {
      await work();
    } catch (error) {
      if (!isBreak(error)) throw error;
      return; // The next welcome goes on.
    }
    this.#isBusy = false;
    this.#host.settled();
    this.reconcile();
  }

  async #join(): Promise<void> {
    this.stage = "joining";
    const state = this.#taken = this.#state;
    this.#isStateNew = false;
    const { presence, token } = this.options;
    try {
      const own = await tokenOf(token);
      if (this.stage !== "joining") return; // It was left meanwhile.
      await this.#host.ask({ type: "join", presence, state, position: this.#host.position(), token: own });
    } catch (error) {
      this.#refused(error);
    }
  }

  #refused(error: unknown): void {
    if (isBreak(error)) throw error;
    const code = error instanceof SwitchboardError ? error.code : "token_failed";
    if (this.stage !== "joining" || this.#mustLeave) return; // It was left meanwhile, or the server was faster.
    this.stage = "out";
    const wasAwaited = this.#joining !== undefined;
    const isLate = code === "timeout";
    // An `unavailable` one had worked, or a late one may yet; but only a `joined` tells where the room begins.
    this.#mustLeave = isLate || code === "already_joined";
    if (this.#mustLeave && !(isLate && wasAwaited)) return;
    this.#end(error);
    if (!wasAwaited) this.#host.ended(code);
  }

  async #leave(): Promise<void> {
    try {
      await this.#host.ask({ type: "leave" });
    } catch (error) {
      if (isBreak(error)) throw error;
      if ((error as SwitchboardError).code === "timeout") return; // Anything else, such as `not_joined`, is as good.
    }
    this.#hasLeft();
  }

  async #sendState(): Promise<void> {
    const waiting = this.#stating;
    this.#stating = undefined;
    this.#isStateNew = false;
    try {
      const state = this.#state;
      await this.#host.ask({ type: "state", state });
      this.#taken = state;
      waiting?.resolve();
    } catch (error) {
      if (!isBreak(error)) {
        if (!this.#isStateNew) this.#state = this.#taken;
        return waiting?.reject(error);
      }
      this.#isStateNew = true;
      const newer = this.#stating as Deferred<void> | undefined; // It changed meanwhile.
      if (newer) newer.promise.then(waiting?.resolve, waiting?.reject);
      else this.#stating = waiting;
      throw error;
    }
  }

  #enter(): void {
    this.stage = "joined";
    this.#joining?.resolve();
    this.#joining = undefined;
    if (this.#isStateNew) return;
    this.#stating?.resolve();
    this.#stating = undefined;
  }

  #hasLeft(): void {
    this.#mustLeave = false;
    this.#leaving?.resolve();
    this.#leaving = undefined;
  }

  #end(error: unknown): void {
    this.isWanted = false;
    this.stage = "out";
    this.#isStateNew = false;
    this.#reject(error);
  }

  #reject(error: unknown): void {
    this.#joining?.reject(error);
    this.#stating?.reject(error);
    this.#joining = this.#stating = undefined;
  }
}

function notJoined(text: string): SwitchboardError {
  return new SwitchboardError("not_joined", text);
}
