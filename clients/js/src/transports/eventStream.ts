import { EventParser } from "./eventParser.js";
import { broken, session } from "./http.js";
import { HttpWay } from "./httpWay.js";

/** Events by a stream of server-sent events, read from fetch as EventSource sets no headers; commands by requests. */
export class EventStream extends HttpWay {
  override readonly quiet = 0;

  protected override async run(signal: AbortSignal): Promise<void> {
    const body = JSON.stringify({ ...session(this.context), seq: this.sender.next });
    const response = await this.ask(this.context.endpoints.stream, body, signal);
    const reader = response?.body?.getReader();
    const decoder = new TextDecoder();
    const parser = new EventParser((data) => signal.aborted || this.take(JSON.parse(data)));
    for (;;) {
      const piece = await reader?.read().catch(() => undefined);
      if (signal.aborted) return;
      if (!piece || piece.done) return this.finish(broken(this.wasOpen));
      this.context.heard();
      parser.push(decoder.decode(piece.value, { stream: true }));
    }
  }
}
