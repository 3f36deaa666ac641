import { toText } from "../wire/binary.js";
import { afterClose } from "../wire/closeCodes.js";
import type { Outgoing } from "../wire/outgoing.js";
import { broken, post, refusal, sayGoodbye, session } from "./http.js";
import { Sender, takeBatch } from "./sender.js";
import type { End, TransportFactory } from "./transport.js";

const longest = 25;

/**
 * One poll after another, each a resume. Commands go up by requests of their own while a poll waits; those that no
 * answer came for go up again with the next poll.
 */
export const openLongPolling: TransportFactory = (context) => {
  let poll = new AbortController();
  let isOver = false;
  let wasOpen = false;
  let isWaiting = false;
  let unanswered: Outgoing[] = [];
  const sender = new Sender(context, (end) => {
    // Without a poll that holds the connection, the next one takes the commands.
    if (end.next !== "resume") finish(end);
  });

  function abandon(): void {
    isOver = true;
    sender.stop();
    poll.abort();
  }

  function finish(end: End): void {
    if (isOver) return;
    abandon();
    context.ended(end);
  }

  /** One poll. Returns whether another is to follow. */
  async function ask(signal: AbortSignal): Promise<boolean> {
    const batch = takeBatch([...unanswered]);
    const wait = wasOpen && batch.length === 0 ? longest : 0;
    const head = { ...session(context), presence: context.presence(), seq: sender.next, wait };
    const body = `${JSON.stringify(head).slice(0, -1)},"commands":[${batch.map(toText).join()}]}`;
    isWaiting = true;
    const response = await post(context, context.endpoints.poll, body, { signal }).catch(() => undefined);
    const events = response?.ok ? await response.json().catch(() => undefined) : undefined;
    isWaiting = false;
    sender.stop();
    if (signal.aborted) return false;
    if (!Array.isArray(events)) {
      finish(response && !response.ok ? await refusal(response) : broken("A poll was not answered.", wasOpen));
      return false;
    }
    wasOpen = true;
    context.heard();
    const answered = new Set(events.map(({ id }) => id));
    unanswered = unanswered.filter((one) => one.id === undefined ? !batch.includes(one) : !answered.has(one.id));
    for (const event of events) {
      if (signal.aborted) break;
      if (event.type !== "closed") context.receive(event);
      else finish({ code: event.code, text: event.reason ?? "", next: afterClose(event.code), wasOpen });
    }
    return !signal.aborted;
  }

  async function run({ signal }: AbortController): Promise<void> {
    while (await ask(signal));
  }

  return {
    quiet: longest,
    connect() {
      poll.abort();
      poll = new AbortController();
      void run(poll);
    },
    send(commands) {
      unanswered.push(...commands.filter(({ id }) => !isWaiting || id !== undefined));
      if (isWaiting) sender.send(commands);
    },
    close() {
      abandon();
      return sayGoodbye(context);
    },
    abandon,
  };
};
