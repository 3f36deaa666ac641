import { settle } from "./fakeClock.js";

interface Received {
  readonly url: string;
  readonly body: any;
  readonly answer: (response: Response) => void;
}

/** A server of plain HTTP that answers when a test says so. */
export class FakeServer {
  readonly requests: Received[] = [];

  readonly fetch = ((url: string, init: RequestInit) => new Promise<Response>((answer) => {
    this.requests.push({ url, body: JSON.parse(init.body as string), answer });
  })) as typeof fetch;

  /** The newest request. */
  get request(): Received {
    return this.requests.at(-1)!;
  }

  /** Answers the newest request, and returns when the client did what follows. */
  async answers(events: readonly object[]): Promise<void> {
    this.request.answer(new Response(JSON.stringify(events)));
    for (let i = 0; i < 5; i++) await settle();
  }
}
