// A WebSocket over HTTP/2 (RFC 8441) on Node's own http2: node http2_client.mjs URL CERTIFICATE
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { connect } from 'node:http2';

const [url, certificate] = process.argv.slice(2);
const session = connect(url, { ca: readFileSync(certificate) });
setTimeout(() => fail('took too long'), 60_000).unref();
session.on('error', fail);

function fail(problem) {
  console.error(problem);
  process.exit(1);
}

function check(ok, what) {
  if (!ok) fail(`not as it should be: ${what}`);
}

function frame(opcode, payload) {
  const mask = randomBytes(4);
  const length = payload.length < 126
    ? Buffer.from([0x80 | payload.length])
    : Buffer.from([0x80 | 126, payload.length >> 8, payload.length & 255]);
  return Buffer.concat([Buffer.from([0x80 | opcode]), length, mask, payload.map((byte, i) => byte ^ mask[i & 3])]);
}

class Socket {
  constructor(stream) {
    this.stream = stream;
    this.input = Buffer.alloc(0);
    this.frames = [];
    this.waiting = [];
    this.ended = new Promise(resolve => stream.once('close', resolve));
    stream.on('data', data => {
      this.input = Buffer.concat([this.input, data]);
      for (let next = this.take(); next; next = this.take()) {
        const waiting = this.waiting.shift();
        if (waiting) waiting(next); else this.frames.push(next);
      }
    });
  }

  take() {
    const input = this.input;
    if (input.length < 2) return null;
    check((input[1] & 0x80) === 0, 'the server does not mask');
    const short = input[1] & 127;
    const head = short === 126 ? 4 : 2;
    if (input.length < head) return null;
    const length = short === 126 ? input.readUInt16BE(2) : short;
    if (input.length < head + length) return null;
    this.input = input.subarray(head + length);
    return { opcode: input[0] & 15, payload: input.subarray(head, head + length) };
  }

  next() {
    return this.frames.length ? Promise.resolve(this.frames.shift()) : new Promise(resolve => this.waiting.push(resolve));
  }

  async ask(command) {
    this.stream.write(frame(1, Buffer.from(JSON.stringify(command))));
    return JSON.parse((await this.next()).payload.toString());
  }
}

function open(path, headers) {
  const stream = session.request({
    ':method': 'CONNECT', ':protocol': 'websocket', ':path': path, 'sec-websocket-version': '13', ...headers,
  }, { endStream: false });
  stream.on('error', () => {});
  return new Promise(resolve => stream.once('response', answer => resolve({ stream, answer })));
}

await new Promise(resolve => session.once('remoteSettings', resolve));
check(session.remoteSettings.enableConnectProtocol, 'SETTINGS_ENABLE_CONNECT_PROTOCOL');
check(session.alpnProtocol === 'h2', 'ALPN');

// Refused like any other handshake.
const refused = await open('/ws', {});
check(refused.answer[':status'] === 401, `401, but ${refused.answer[':status']}`);
refused.stream.close();

const { stream, answer } = await open('/ws?user=ann', { 'sec-websocket-protocol': 'switchboard.v1.json' });
check(answer[':status'] === 200, `200, but ${answer[':status']}`);
check(answer['sec-websocket-protocol'] === 'switchboard.v1.json', 'the subprotocol');
check(!('sec-websocket-accept' in answer) && !('upgrade' in answer), 'nothing of HTTP/1.1');
const socket = new Socket(stream);
check((await socket.ask({ type: 'connect', id: 1 })).type === 'welcome', 'welcome');
check((await socket.ask({ type: 'join', id: 2, room: 'r' })).type === 'joined', 'joined');
const first = await socket.ask({ type: 'publish', room: 'r', data: { text: 'grüße' } });
check(first.type === 'message' && first.data.text === 'grüße', 'the message');

// The closing handshake, and the stream ends with it.
stream.write(frame(8, Buffer.from([3, 232])));
check((await socket.next()).payload.readUInt16BE(0) === 1000, 'the close frame');
stream.end();
await socket.ended;
check(stream.rstCode === 0, `no reset, but ${stream.rstCode}`);

// A stream that is reset is a socket that broke; the others go on.
const broken = await open('/echo', {});
check(broken.answer[':status'] === 200, 'the echo');
broken.stream.close(8);
const other = new Socket((await open('/echo', {})).stream);
other.stream.write(frame(2, Buffer.from([1, 2, 3])));
check(Buffer.from([1, 2, 3]).equals((await other.next()).payload), 'the echo of the other');
session.destroy();
console.log('ok');
