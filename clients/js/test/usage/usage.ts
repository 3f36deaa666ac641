// What a user of the package writes, checked against its published types.
import { SwitchboardClient, SwitchboardError, type Message, type Position, type Room } from "@switchboard/client";

interface Stroke { readonly x: number; readonly y: number }

export async function use(implementation: new (url: string, subprotocol: string) => unknown): Promise<void> {
  const client = new SwitchboardClient({
    url: "https://play.example", token: async () => "token", transports: ["websocket", "sse"], webSocket: implementation,
    reconnect: { initialDelay: 100 }, outbox: { maxMessages: 10 },
  });
  const off = client.on("stateChanged", ({ state, reason, retryIn }) => console.log(state, reason?.code, retryIn));
  await client.connect();
  const room: Room<Stroke> = client.room<Stroke>("board");
  room.on("message", ({ data: { x, y }, from }: Message<Stroke>) => console.log(x, y, from?.user));
  room.on("lost", ({ from, to, reason }) => console.log(from?.offset, to.offset, reason));
  await room.join({ presence: true, state: { color: "red" } });
  const position: Position | undefined = await room.publish({ x: 1, y: 2 }, { delivery: "latest", slot: "pen", echo: false });
  const { messages } = await room.history({ order: "newest", ...position && { before: position } });
  console.log(messages.length, [...room.members.values()].map(({ user }) => user));
  // @ts-expect-error a stroke has no text
  room.publish({ text: "no" }).catch((error: unknown) => error instanceof SwitchboardError && console.log(error.code, error.retryAfter));
  // @ts-expect-error what is internal is not part of the types
  room.session;
  off();
  await client.close();
}
