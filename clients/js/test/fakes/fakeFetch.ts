import { settle } from "./fakeClock.js";

/** A request that a test answers. */
export interface FakeRequest {
  readonly path: string;
  readonly url: URL;
  readonly headers: Record<string, string>;
  readonly body: any;
  readonly signal: AbortSignal | undefined;
  answer(status: number, body?: unknown, headers?: Record<string, string>): Promise<void>;
  /** Answers with a stream, and returns what writes to it. */
  stream(): Promise<(text: string) => Promise<void>>;
  fail(): Promise<void>;
}

/** A fetch whose server is the test. */
export class FakeFetch {
  readonly requests: FakeRequest[] = [];

  readonly fetch = ((input: string, init: RequestInit) => new Promise<Response>((resolve, reject) => {
    const url = new URL(input);
    init.signal?.addEventListener("abort", () => reject(new DOMException("aborted", "AbortError")));
    this.requests.push({
      path: url.pathname, url, headers: init.headers as Record<string, string>, body: JSON.parse(init.body as string),
      signal: init.signal ?? undefined,
      answer(status, body = {}, headers = {}) {
        resolve(new Response(JSON.stringify(body), { status, headers }));
        return settle();
      },
      async stream() {
        const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
        const writer = writable.getWriter();
        init.signal?.addEventListener("abort", () => void writer.abort().catch(() => {}));
        resolve(new Response(readable));
        await settle();
        return async (text) => {
          await writer.write(new TextEncoder().encode(text));
          await settle();
        };
      },
      fail() {
        reject(new TypeError("fetch failed"));
        return settle();
      },
    });
  })) as typeof fetch;

  /** The requests to a path. */
  to(path: string): FakeRequest[] {
    return this.requests.filter((request) => request.path.endsWith(`/fallback/${path}`));
  }
}

/** Problem details. */
export function problem(code: string): object {
  return { code, detail: `it is ${code}` };
}
