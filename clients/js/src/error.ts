import type { ErrorEvent } from "./wire/events.js";

/** More about a failure. */
export interface ErrorDetails {
  readonly retryable?: boolean | undefined;
  readonly retryAfter?: number | undefined;
  readonly room?: string | undefined;
}

/** Every failure that this package tells. */
export class SwitchboardError extends Error {
  override readonly name = "SwitchboardError";
  /** One of the protocol's error codes, the word of a close code, or one of the client's own: see the README. */
  readonly code: string;
  /** Whether the same may succeed later. */
  readonly retryable: boolean;
  /** In how many milliseconds, where the server said so. */
  readonly retryAfter: number | undefined;
  /** The room concerned, where there is one. */
  readonly room: string | undefined;

  constructor(code: string, message: string, { retryable = false, retryAfter, room }: ErrorDetails = {}) {
    super(message);
    this.code = code;
    this.retryable = retryable;
    this.retryAfter = retryAfter;
    this.room = room;
  }
}

/** What the server said. */
export function toError({ code, message, retry, retryAfter, room }: ErrorEvent): SwitchboardError {
  return new SwitchboardError(code, message, { retryable: retry, retryAfter, room });
}

/** One that may not come again. */
export function passing(code: string, message: string): SwitchboardError {
  return new SwitchboardError(code, message, { retryable: true });
}

/** Whether it was only that the connection broke. */
export function isBreak(error: unknown): boolean {
  return error instanceof SwitchboardError && error.code === "disconnected";
}

/** What anything that was thrown says. */
export function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
