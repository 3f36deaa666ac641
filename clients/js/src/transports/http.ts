import { SwitchboardError } from "../error.js";
import type { Next } from "../wire/closeCodes.js";
import type { End, TransportContext } from "./transport.js";

/** Posts a JSON body with the client's token. Fails where no answer came. */
export function post(context: TransportContext, url: string, body: string, init: RequestInit = {}): Promise<Response> {
  const { token } = context.hello();
  const headers = { "content-type": "application/json", ...token !== undefined && { authorization: `Bearer ${token}` } };
  return context.fetch(url, { ...init, method: "POST", headers, body, cache: "no-store" });
}

/** The start of a body: `resume`, and `turn` and `positions` which belong to it. */
export function session(context: TransportContext): Record<string, unknown> {
  const { resume, turn, positions } = context.hello();
  return { resume, turn, positions };
}

/** What a refusal asks for. */
export async function refusal(response: Response): Promise<End> {
  const problem = await response.json().catch(() => ({})); // Something in between need not answer with problem details.
  const code = typeof problem.code === "string" ? problem.code : `http_${response.status}`;
  const text = problem.detail ?? `The server answered ${response.status}.`;
  const seconds = Number(response.headers.get("retry-after"));
  const retryAfter = seconds > 0 ? seconds * 1000 : undefined;
  const next = code.startsWith("resume_") ? "new" : nextAfter(response.status);
  const error = new SwitchboardError(code, text, { retryable: next === "resume", retryAfter });
  return { code: next === "token" ? 4503 : 1006, text, next, wasOpen: false, retryAfter, error };
}

/** The way broke. */
export function broken(wasOpen: boolean): End {
  return { code: 1006, text: wasOpen ? "The connection broke." : "The server can't be reached.", next: "resume", wasOpen };
}

/** Ends the connection for good, whatever holds it. The page may be on its way out. */
export async function sayGoodbye(context: TransportContext): Promise<void> {
  const { resume } = context.hello();
  if (resume === undefined) return;
  try {
    await post(context, context.endpoints.poll, JSON.stringify({ resume, close: true }), { keepalive: true });
  } catch {
    // Nobody heard it: then the grace period ends the connection.
  }
}

function nextAfter(status: number): Next {
  if (status === 401) return "token";
  return status === 408 || status === 429 || status >= 500 ? "resume" : "stop";
}
