// Exchanges every kind of message with an echo endpoint, with Node's ws. Exits with 0 if all came back.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { randomBytes } from 'node:crypto';
import WebSocket from 'ws';

const base = process.argv[2];
setTimeout(() => { console.error('timed out'); process.exit(1); }, 60_000).unref();

async function open(url, protocol, options) {
  const socket = new WebSocket(url, protocol, options);
  socket.inbox = [];
  socket.on('message', (data, binary) => {
    socket.inbox.push({ data, binary });
    socket.emit('arrived');
  });
  await once(socket, 'open');
  return socket;
}

async function next(socket) {
  while (socket.inbox.length === 0) await once(socket, 'arrived');
  return socket.inbox.shift();
}

async function exchange(deflate) {
  const perMessageDeflate = deflate && { threshold: 0 };
  const socket = await open(`${base}/echo`, [], { perMessageDeflate, maxPayload: 0 });
  assert.equal(socket.extensions, deflate ? 'permessage-deflate' : '');

  const text = 'grüße, κόσμε 🌍 '.repeat(50);
  const blob = randomBytes(1 << 20);
  for (const message of ['', 'short', text, Buffer.alloc(0), Buffer.from([0, 255]), blob, 'x'.repeat(1 << 20)]) {
    socket.send(message);
    const { data, binary } = await next(socket);
    assert.equal(binary, typeof message !== 'string');
    assert.ok(data.equals(Buffer.from(message)));
  }

  for (let i = 0; i < blob.length; i += 65536) {
    socket.send(blob.subarray(i, i + 65536), { fin: i + 65536 >= blob.length, binary: true, compress: deflate });
    socket.ping('between fragments');
  }
  assert.ok((await next(socket)).data.equals(blob));

  socket.close(4321, 'done');
  const [code] = await once(socket, 'close');
  assert.equal(code, 4321);
}

async function chat() {
  const socket = await open(`${base}/ws?user=node`, 'switchboard.v1.json', {});
  socket.send('{"type":"connect","id":1}');
  assert.equal(JSON.parse((await next(socket)).data).type, 'welcome');
  socket.send('{"type":"join","id":2,"room":"interop-node"}');
  assert.equal(JSON.parse((await next(socket)).data).type, 'joined');
  socket.send('{"type":"publish","id":3,"room":"interop-node","data":{"n":1}}');
  const answers = [JSON.parse((await next(socket)).data).type, JSON.parse((await next(socket)).data).type];
  assert.deepEqual(answers.sort(), ['message', 'published']);
  socket.close(1000);
  await once(socket, 'close');
}

await exchange(false);
await exchange(true);
await chat();
console.log('all messages came back');
process.exit(0);
