// A file that the server makes, kept under the name it gives.
import { refused, send } from './api';

export interface Wanted {
  path: string;
  /** Asked by POST, for what is too long for an address. */
  body?: unknown;
}
export async function download({ path, body }: Wanted): Promise<void> {
  const res = body === undefined ? await send('GET', path, {}) : await send('POST', path, { body });
  if (!res.ok) throw refused(res.status, await res.json().catch(() => ({})), path);
  const name = /filename="([^"]+)"/.exec(res.headers.get('Content-Disposition') ?? '')?.[1];
  const url = URL.createObjectURL(await res.blob());
  const link = document.createElement('a');
  link.href = url;
  link.download = name ?? '';
  link.click();
  window.setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
