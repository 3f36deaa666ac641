import { connect, createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { once } from "node:events";

/** A network between clients and the server, which a test can cut or let fall silent. */
export class Net {
  readonly #server: Server;
  readonly #pairs = new Set<[Socket, Socket]>();
  #isDown = false;
  url = "";

  private constructor(port: number) {
    this.#server = createServer((near) => this.#join(near, connect(port, "127.0.0.1")));
  }

  static async before(server: string): Promise<Net> {
    const net = new Net(Number(new URL(server).port));
    net.#server.listen(0, "127.0.0.1");
    await once(net.#server, "listening");
    net.url = `http://127.0.0.1:${(net.#server.address() as AddressInfo).port}`;
    return net;
  }

  /** Breaks what is connected, and refuses everything until it is up again. */
  down(): void {
    this.#isDown = true;
    this.#pairs.forEach(([near, far]) => { near.destroy(); far.destroy(); });
  }

  up(): void {
    this.#isDown = false;
  }

  /** Keeps what is connected open, but nothing passes it any more; new connections are fine. */
  fallSilent(): void {
    for (const [near, far] of this.#pairs) {
      near.unpipe(far).pause();
      far.unpipe(near).pause();
    }
  }

  close(): void {
    this.down();
    this.#server.close();
  }

  #join(near: Socket, far: Socket): void {
    const pair: [Socket, Socket] = [near, far];
    if (this.#isDown) {
      near.destroy();
      far.destroy();
      return;
    }
    this.#pairs.add(pair);
    near.pipe(far).pipe(near);
    for (const socket of pair) {
      socket.on("error", () => {}); // A close follows.
      socket.on("close", () => {
        this.#pairs.delete(pair);
        near.destroy();
        far.destroy();
      });
    }
  }
}
