// Drives clients of clients/js for the client scenarios: a command a line in, an event a line out; README.md has both.
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { SwitchboardClient } from '../../../../clients/js/dist/switchboard.js';

// Node has a WebSocket of its own since 22; this one is there for other tests anyway.
const WebSocket = createRequire(new URL('../../../standalone/clients/package.json', import.meta.url))('ws');

const clients = new Map();
const say = (event, client, fields) => process.stdout.write(`${JSON.stringify({ event, client, ...fields })}\n`);

class Driven {
  #name;
  #client;
  #rooms = new Map();
  #tokens = new Map();
  #asks = 0;

  constructor(name) {
    this.#name = name;
  }

  async connect({ url, transports }) {
    this.#client = new SwitchboardClient({
      url, webSocket: WebSocket, token: () => this.#askToken(), commandTimeout: 60_000, reconnect: { maxDelay: 2000 },
      ...transports.length > 0 && { transports },
    });
    this.#client.on('stateChanged', ({ state, reason, willRetry }) =>
      this.#say('state', { state, code: reason?.code ?? 0, reason: reason?.text, retries: willRetry }));
    await this.#client.connect();
  }

  token({ ask, token }) {
    this.#tokens.get(ask)(token);
    this.#tokens.delete(ask);
  }

  async join({ room }) {
    const joined = this.#room(room);
    await joined.join({ presence: true });
    return joined.begin;
  }

  leave({ room }) {
    return this.#client.room(room).leave();
  }

  publish({ room, data }) {
    return this.#client.room(room).publish(data);
  }

  state({ room, state }) {
    return this.#client.room(room).setState(state);
  }

  async presence({ room }) {
    const { members } = await this.#client.room(room).presence();
    return { members };
  }

  async history({ room, limit }) {
    const { messages } = await this.#client.room(room).history({ order: 'newest', limit });
    return { messages: messages.map((message) => message.data).reverse() };
  }

  async close() {
    await this.#client?.close();
  }

  #room(name) {
    const known = this.#rooms.get(name);
    if (known) return known;
    const room = this.#client.room(name);
    room.on('joined', ({ position }) => { room.begin ??= position; });
    room.on('message', ({ data, position }) => this.#say('message', { room: name, data, ...position }));
    room.on('lost', ({ to, reason }) => this.#say('lost', { room: name, ...to, reason }));
    room.on('left', ({ reason }) => this.#say('left', { room: name, reason }));
    this.#rooms.set(name, room);
    return room;
  }

  #askToken() {
    const ask = ++this.#asks;
    this.#say('token', { ask });
    return new Promise((resolve) => this.#tokens.set(ask, resolve));
  }

  #say(event, fields) {
    say(event, this.#name, fields);
  }
}

async function carryOut({ client, id, do: what, ...fields }) {
  if (!clients.has(client)) clients.set(client, new Driven(client));
  try {
    const answer = await clients.get(client)[what](fields);
    if (id > 0) say('answer', client, { id, ...answer });
  } catch (error) {
    say('answer', client, { id, code: error.code ?? error.name, message: error.message });
  }
}

const lines = createInterface({ input: process.stdin });
lines.on('line', (line) => void carryOut(JSON.parse(line)));
// Who drives is done; clients that are left don't keep the program.
lines.on('close', () => process.exit(0));
