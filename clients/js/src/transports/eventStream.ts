import { afterClose } from "../wire/closeCodes.js";
import { EventParser } from "./eventParser.js";
import { broken, post, refusal, sayGoodbye, session } from "./http.js";
import { Sender } from "./sender.js";
import type { End, TransportFactory } from "./transport.js";

/** Events by a stream of server-sent events, read from fetch as EventSource sets no headers; commands by requests. */
export const openEventStream: TransportFactory = (context) => {
  let stream = new AbortController();
  let isOver = false;
  let wasOpen = false;
  const sender = new Sender(context, (end) => finish(end));

  function abandon(): void {
    isOver = true;
    sender.stop();
    stream.abort();
  }

  function finish(end: End): void {
    if (isOver) return;
    abandon();
    context.ended(end);
  }

  function take(data: string): void {
    const event = JSON.parse(data);
    wasOpen = true;
    if (event.type !== "closed") context.receive(event);
    else finish({ code: event.code, text: event.reason ?? "", next: afterClose(event.code), wasOpen });
  }

  async function read({ signal }: AbortController): Promise<void> {
    const body = JSON.stringify({ ...session(context), seq: sender.next });
    const response = await post(context, context.endpoints.stream, body, { signal }).catch(() => undefined);
    if (response && !(response.ok && response.body)) return finish(await refusal(response));
    const reader = response?.body?.getReader();
    const decoder = new TextDecoder();
    const parser = new EventParser((data) => signal.aborted || take(data));
    for (;;) {
      const piece = await reader?.read().catch(() => undefined);
      if (signal.aborted) return undefined;
      if (!piece || piece.done) return finish(broken("The stream ended.", wasOpen));
      context.heard();
      parser.push(decoder.decode(piece.value, { stream: true }));
    }
  }

  return {
    quiet: 0,
    connect() {
      stream.abort();
      stream = new AbortController();
      void read(stream);
    },
    send: (commands) => sender.send(commands),
    close() {
      abandon();
      return sayGoodbye(context);
    },
    abandon,
  };
};
