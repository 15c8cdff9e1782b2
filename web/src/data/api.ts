// The one way to the server. A refusal is thrown as a Problem.
import { lang, t } from '../app/words.svelte';
import { net } from './net.svelte';
import type { Conflict } from './types';

export interface StaleConflict {
  field: string;
  yours: unknown;
  theirs: unknown;
  by: string;
}
interface ProblemBody {
  problem?: string;
  title?: string;
  detail?: string;
  fields?: Record<string, string>;
  conflicts?: (Conflict & StaleConflict)[];
}
export class Problem extends Error {
  readonly kind: string;
  readonly fields: Record<string, string>;
  readonly conflicts: (Conflict & StaleConflict)[];

  constructor(
    readonly status: number,
    body: ProblemBody,
  ) {
    super(body.detail || body.title || t('error.unknown'));
    this.kind = body.problem ?? 'internal';
    this.fields = body.fields ?? {};
    this.conflicts = body.conflicts ?? [];
  }
}
export interface Answer<T> {
  body: T;
  operation: number | null;
}
export interface Asked {
  body?: unknown;
  match?: number;
  file?: File;
}
let signedOut: () => void = () => undefined;
export const onSignedOut = (f: () => void): void => void (signedOut = f);

/** Excel's and LibreOffice's own files, by their names. */
export const isWorkbook = (file: File): boolean => /\.(xlsx|xlsm|ods)$/i.test(file.name);

export async function send(method: string, path: string, asked: Asked): Promise<Response> {
  const headers: Record<string, string> = { 'Accept-Language': lang() };
  if (asked.match !== undefined) headers['If-Match'] = String(asked.match);
  let body: BodyInit | undefined;
  if (asked.file) {
    headers['Content-Type'] = isWorkbook(asked.file) ? 'application/octet-stream' : 'text/csv';
    body = asked.file;
  } else if (method !== 'GET') {
    headers['Content-Type'] = 'application/json';
    body = JSON.stringify(asked.body ?? {});
  }
  try {
    const res = await fetch(`/api/v1/${path}`, { method, headers, body, credentials: 'same-origin' });
    net.offline = false;
    return res;
  } catch {
    net.offline = true;
    throw new Problem(0, { problem: 'offline', title: t('error.offline') });
  }
}
export function refused(status: number, body: unknown, path: string): Problem {
  if (status === 401 && path !== 'session') signedOut();
  return new Problem(status, body as ProblemBody);
}
export async function call<T>(method: string, path: string, asked: Asked = {}): Promise<Answer<T>> {
  const res = await send(method, path, asked);
  const body: unknown = await res.json().catch(() => ({}));
  if (!res.ok) throw refused(res.status, body, path);
  const operation = Number(res.headers.get('Operation-Id')) || null;
  if (operation) net.own.add(operation);
  return { body: body as T, operation };
}
export type Query = Record<string, string | number | boolean | null | undefined>;

export function withQuery(path: string, query: Query | URLSearchParams): string {
  const q = query instanceof URLSearchParams ? query : new URLSearchParams();
  if (!(query instanceof URLSearchParams))
    for (const [k, v] of Object.entries(query))
      if (v !== null && v !== undefined && v !== '') q.set(k, String(v));
  const tail = q.toString();
  return tail ? `${path}?${tail}` : path;
}
export async function get<T>(path: string, query: Query | URLSearchParams = {}): Promise<T> {
  return (await call<T>('GET', withQuery(path, query))).body;
}
export const post = <T>(path: string, body: unknown = {}): Promise<Answer<T>> =>
  call<T>('POST', path, { body });
