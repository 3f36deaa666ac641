// Tokens made by jose, shown to the server over Node's ws.
//   node token_client.mjs keys FOLDER       makes keys: jwks.json for the server, the private ones for the next call
//   node token_client.mjs run FOLDER BASE   shows good tokens and broken ones, and writes all of them to tokens.txt
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import {
  CompactSign, SignJWT, UnsecuredJWT, base64url, exportJWK, exportSPKI, generateKeyPair, generateSecret, importJWK,
} from 'jose';
import WebSocket from 'ws';

const [, , what, folder, base] = process.argv;
const algorithms = ['HS256', 'RS256', 'ES256'];
setTimeout(() => { console.error('timed out'); process.exit(1); }, 90_000).unref();

async function makeKeys() {
  const jwks = { keys: [] };
  const secret = [];
  for (const alg of algorithms) {
    const pair = alg === 'HS256' ? await generateSecret(alg, { extractable: true }) : await generateKeyPair(alg, { extractable: true });
    const kid = `key-${alg}`;
    jwks.keys.push({ ...await exportJWK(pair.publicKey ?? pair), kid, alg, use: 'sig' });
    secret.push({ ...await exportJWK(pair.privateKey ?? pair), kid, alg });
  }
  await writeFile(`${folder}/jwks.json`, JSON.stringify(jwks));
  await writeFile(`${folder}/private.json`, JSON.stringify(secret));
}

const now = () => Math.floor(Date.now() / 1000);
const caps = { caps: [{ rooms: 'chat.*', allow: ['join', 'publish'] }] };
const good = () => ({
  sub: 'ann', iss: 'https://id.example', aud: ['else', 'switchboard'], iat: now(), nbf: now(), exp: now() + 600, switchboard: caps,
});
const without = (claim) => { const claims = good(); delete claims[claim]; return claims; };
const part = (text) => base64url.encode(text);
const used = [];

async function open(query, options) {
  const socket = new WebSocket(`${base}/ws${query}`, 'switchboard.v1.json', options);
  socket.inbox = [];
  socket.on('message', (data) => { socket.inbox.push(JSON.parse(data)); socket.emit('arrived'); });
  await once(socket, 'open');
  return socket;
}

async function ask(socket, command) {
  socket.send(JSON.stringify({ id: 1, ...command }));
  while (socket.inbox.length === 0) await once(socket, 'arrived');
  return socket.inbox.shift();
}

async function accepted(token, way) {
  used.push(token);
  const socket = await {
    header: () => open('', { headers: { authorization: `Bearer ${token}` } }),
    query: () => open(`?token=${token}`),
    message: () => open(''),
  }[way]();
  const welcome = await ask(socket, { type: 'connect', ...(way === 'message' ? { token } : {}) });
  assert.equal(welcome.type, 'welcome', way);
  assert.equal(welcome.user, 'ann');
  assert.equal((await ask(socket, { type: 'join', room: 'chat.1' })).type, 'joined');
  assert.equal((await ask(socket, { type: 'join', room: 'lobby' })).type, 'joined');
  assert.equal((await ask(socket, { type: 'join', room: 'other' })).code, 'forbidden');
  socket.close(1000);
  await once(socket, 'close');
}

async function refused(token, reason) {
  used.push(token);
  const socket = new WebSocket(`${base}/ws?token=${token}`, 'switchboard.v1.json');
  socket.on('error', () => {});
  const [, response] = await Promise.race([
    once(socket, 'unexpected-response'),
    once(socket, 'open').then(() => { throw new Error(`accepted, though: ${reason}`); }),
  ]);
  let body = '';
  for await (const chunk of response) body += chunk;
  assert.deepEqual([response.statusCode, body], [401, reason]);
  return reason;
}

async function run() {
  const keys = Object.fromEntries(await Promise.all(JSON.parse(await readFile(`${folder}/private.json`)).map(
    async (jwk) => [jwk.alg, { key: await importJWK(jwk, jwk.alg), jwk }])));
  const sign = (alg, claims = good(), header = {}, key = keys[alg].key) =>
    new SignJWT(claims).setProtectedHeader({ alg, kid: `key-${alg}`, ...header }).sign(key, { crit: { b64: true } });
  const raw = (text, header = {}) => new CompactSign(new TextEncoder().encode(text))
    .setProtectedHeader({ alg: 'ES256', kid: 'key-ES256', ...header }).sign(keys.ES256.key);

  for (const alg of algorithms) {
    const token = await sign(alg, good(), { typ: 'JWT' });
    for (const way of ['header', 'query', 'message']) await accepted(token, way);
  }

  const fine = await sign('ES256');
  const [head, body, signature] = fine.split('.');
  const other = (await generateKeyPair('ES256')).privateKey;
  const pair = await generateKeyPair('RS256', { extractable: true });
  const pem = new TextEncoder().encode(await exportSPKI(pair.publicKey));
  const broken = [
    ['A token is needed.', ''],
    ['The token is too long.', await sign('ES256', { ...good(), more: 'x'.repeat(4000) })],
    ['The token has not three parts.', `${fine}.${signature}`],
    ['A part of the token is not base64url.', `${fine}%3D`],
    ["The token's header is malformed.", `${part('{"alg":"ES256"')}.${body}.${signature}`],
    ["The token's claims are malformed.", await raw('"ann"')],
    ['A member stands twice in the token.', await raw(`${JSON.stringify(good()).slice(0, -1)},"sub":"eve"}`)],
    ["The token's header has critical members that are not known.", await sign('ES256', good(), { b64: true, crit: ['b64'] })],
    ['The token brings a key of its own.', await sign('ES256', good(), { jwk: await exportJWK((await generateKeyPair('ES256', { extractable: true })).publicKey) }, other)],
    ['The token is of another type.', await sign('ES256', good(), { typ: 'dpop+jwt' })],
    ['The token names no algorithm.', `${part('{"kid":"key-ES256"}')}.${body}.${signature}`],
    ['The token is not signed.', new UnsecuredJWT(good()).encode()],
    ["The token's algorithm is not supported.", await sign('PS256', good(), { kid: 'key-RS256' }, (await generateKeyPair('PS256')).privateKey)],
    ["The token's algorithm is not that of its key.", await sign('HS256', good(), { kid: 'key-RS256' }, pem)],
    ["The token's key id is malformed.", await sign('ES256', good(), { kid: 5 })],
    ['The token is signed with a key that is not known.', await sign('ES256', good(), { kid: 'key-ES257' })],
    ["The token's signature has the wrong length.", `${head}.${body}.${signature.slice(0, -6)}`],
    ["The token's signature is wrong.", await sign('ES256', good(), {}, other)],
    ['The token has no expiry.', await sign('ES256', without('exp'))],
    ['The token has expired.', await sign('ES256', { ...good(), exp: now() - 60 })],
    ['The token is not valid yet.', await sign('ES256', { ...good(), nbf: now() + 120 })],
    ['The token was issued in the future.', await sign('ES256', { ...good(), iat: now() + 120 })],
    ['A time in the token is not a number.', await raw(JSON.stringify({ ...good(), exp: 'never' }))],
    ["The token's issuer is not accepted.", await sign('ES256', { ...good(), iss: 'https://evil.example' })],
    ['The token is for another audience.', await sign('ES256', { ...good(), aud: 'else' })],
    ['The token names no user.', await sign('ES256', without('sub'))],
    ["The token's user is not a valid name.", await sign('ES256', { ...good(), sub: 'a\u0000b' })],
    ["The token's capabilities are malformed.", await sign('ES256', { ...good(), switchboard: { caps: 'all' } })],
    ['The token is for rooms, not for connections.', await sign('ES256', { ...good(), room: 'chat.1', allow: ['join'] })],
  ];
  const reasons = new Set();
  for (const [reason, token] of broken) reasons.add(await refused(token, reason));
  assert.ok(reasons.size === broken.length && reasons.size >= 20);

  // What ASP.NET Core answers might be logged by it, with the query.
  for (const path of ['/healthz', '/nothing', '/ws', '/fallback/poll']) {
    await (await fetch(`${base.replace('ws:', 'http:')}${path}?token=${fine}`)).text();
  }
  await writeFile(`${folder}/tokens.txt`, used.filter((token) => token.length > 20).join('\n'));
  console.log(`${algorithms.length} accepted, ${reasons.size} refused`);
}

await (what === 'keys' ? makeKeys() : run());
process.exit(0);
