// A stand-in for the server while one works on the screens: dist/ and the doors, in memory.
//   node dev/mock.mjs [port]      laura@crisalide.example / crisalide
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { meta, users } from './mock-meta.mjs';
import { fill } from './mock-seed.mjs';
import { make, store } from './mock-store.mjs';
import { answer } from './mock-doors.mjs';
import { imports } from './mock-import.mjs';

const dist = new URL('../dist/', import.meta.url).pathname;
const types = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.webmanifest': 'application/manifest+json',
};
const csp =
  "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

fill(make);
for (const u of users) make('user', { ...u, lang: 'it', theme: 'auto' }, 0, u.id);
const me = () => store.rows.user.get(1);
let signedIn = 0;

async function body(req) {
  const parts = [];
  for await (const p of req) parts.push(p);
  return Buffer.concat(parts).toString();
}
async function file(res, path) {
  const name = path === '/' || !extname(path) ? 'index.html' : path;
  const data = await readFile(join(dist, name)).catch(() => null);
  if (!data) return res.writeHead(404).end();
  res.writeHead(200, {
    'content-type': types[extname(name)] ?? 'application/octet-stream',
    'content-security-policy': csp,
  });
  res.end(data);
}
function events(req, res) {
  res.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  const say = (event, data) => res.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  say('hello', {});
  store.listeners.add(say);
  req.on('close', () => store.listeners.delete(say));
}
async function api(req, res, url) {
  const path = url.pathname.slice('/api/v1/'.length);
  const send = ({ status, body: out, op, type, cookie }) => {
    const headers = {
      'content-type': type ?? (status < 400 ? 'application/json' : 'application/problem+json'),
    };
    if (op) headers['operation-id'] = String(op.id);
    if (cookie) headers['set-cookie'] = cookie;
    res.writeHead(status, headers);
    res.end(type ? out : JSON.stringify(out));
  };
  const raw = req.method === 'GET' ? '' : await body(req);
  const isIn = /crisalide=yes/.test(req.headers.cookie ?? '');
  store.lang = isIn ? me().lang : (req.headers['accept-language'] ?? 'it').slice(0, 2) === 'en' ? 'en' : 'it';
  const signedOut = {
    status: 401,
    body: { problem: 'signed-out', title: 'Accesso', detail: 'Email o password non corrette.', status: 401 },
  };
  if (path === 'session' && req.method === 'POST') {
    const right = JSON.parse(raw).password === 'crisalide';
    return send(
      right
        ? {
            status: 200,
            body: { user: me() },
            cookie: `crisalide=yes; Path=/; HttpOnly; SameSite=Lax; Max-Age=${86400 + ++signedIn}`,
          }
        : signedOut,
    );
  }
  if (!isIn) return send(signedOut);
  if (path === 'session')
    return send(
      req.method === 'DELETE'
        ? { status: 200, body: { ok: true }, cookie: 'crisalide=no; Path=/; Max-Age=0' }
        : { status: 200, body: { user: me() } },
    );
  if (path === 'meta') return send({ status: 200, body: meta(store.lang, me()) });
  if (path === 'events') return events(req, res);
  if (path.startsWith('imports')) return send(imports(req.method, path, url.searchParams, raw));
  send(answer(req.method, path, url.searchParams, raw ? JSON.parse(raw) : {}));
}
createServer((req, res) => {
  const url = new URL(req.url, 'http://mock');
  (url.pathname.startsWith('/api/v1/') ? api(req, res, url) : file(res, url.pathname)).catch((e) => {
    res.writeHead(500).end(JSON.stringify({ problem: 'internal', title: String(e?.stack) }));
  });
}).listen(Number(process.argv[2] ?? 8090), '127.0.0.1');
