// Numbers, money, days and instants as the reader writes them.
import { dates, distances, numbers } from '../app/intl';
import { lang, locale, t } from '../app/words.svelte';

const day = 86_400_000;

export function number(n: number, digits = 2): string {
  return numbers(locale(), { maximumFractionDigits: digits }).format(n);
}
/** A count that may have stopped at its limit: `1.000+`. */
export const capped = (n: number, is?: string): string => number(n, 0) + (is === 'at_least' ? '+' : '');

export function money(n: number | null, currency = 'EUR'): string {
  if (n === null) return '';
  const minimumFractionDigits = Number.isInteger(n) ? 0 : 2;
  return numbers(locale(), {
    style: 'currency',
    currency: currency || 'EUR',
    minimumFractionDigits,
    maximumFractionDigits: 2,
  }).format(n);
}
export function percent(fraction: number | null, digits = 0): string {
  if (fraction === null) return '—';
  return numbers(locale(), { style: 'percent', maximumFractionDigits: digits }).format(fraction);
}
const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?(\.\d+)?(Z|[+-]\d\d:\d\d)$/;
/** A text of the server; an instant among them reads as one. */
export const readable = (text: string): string => (instant.test(text) ? timeText(text) : text);

export function dateText(iso: string): string {
  const d = new Date(iso.length === 10 ? `${iso}T12:00:00` : iso);
  return dates(locale(), { day: '2-digit', month: '2-digit', year: 'numeric' }).format(d);
}
export function timeText(iso: string): string {
  return `${dateText(iso)} ${clock(iso)}`;
}
/** `21/11 14:10`, with the year when it is another one. */
export function shortTime(iso: string): string {
  const year = new Date(iso).getFullYear() === new Date().getFullYear() ? undefined : 'numeric';
  const day = dates(locale(), { day: '2-digit', month: '2-digit', year });
  return `${day.format(new Date(iso))} ${clock(iso)}`;
}
export function clock(iso: string): string {
  return dates(locale(), { hour: '2-digit', minute: '2-digit', hour12: false }).format(new Date(iso));
}
const midnight = (d: Date) => new Date(d.getFullYear(), d.getMonth(), d.getDate()).getTime();
/** Whole days from today to that instant; negative is past. */
export function daysTo(iso: string): number {
  return Math.round(
    (midnight(new Date(iso.length === 10 ? `${iso}T12:00` : iso)) - midnight(new Date())) / day,
  );
}
export function relativeDay(iso: string, short = false): string {
  const words = distances(lang(), { numeric: 'auto', style: short ? 'narrow' : 'long' });
  return words.format(daysTo(iso), 'day');
}
/** Short and human: `adesso`, `12 min fa`, `ieri 15:07`, `05/01/2026`. */
export function ago(iso: string): string {
  const minutes = Math.round((Date.now() - new Date(iso).getTime()) / 60_000);
  const days = -daysTo(iso);
  if (minutes < 1 && minutes > -2) return t('time.now');
  if (days === 0 && minutes < 60) return t('time.minutes', minutes);
  if (days === 0) return `${relativeDay(iso)} ${clock(iso)}`;
  if (days > 0 && days < 7) return `${relativeDay(iso)} ${clock(iso)}`;
  return timeText(iso);
}
/** `1.234,56`, `1234,56`, `1234.56`, `1.234` (a thousand, in Italian). Null is not a number. */
export function parseNumber(text: string): number | null {
  let s = text.replace(/[\s€$£%'\u00a0]/g, '');
  const comma = s.lastIndexOf(',');
  const dot = s.lastIndexOf('.');
  if (comma >= 0 && dot >= 0)
    s = comma > dot ? s.replaceAll('.', '').replace(',', '.') : s.replaceAll(',', '');
  else if (comma >= 0)
    s = lang() === 'en' && /^\d{1,3}(,\d{3})+$/.test(s) ? s.replaceAll(',', '') : s.replace(',', '.');
  else if (dot >= 0 && lang() === 'it' && /^-?\d{1,3}(\.\d{3})+$/.test(s)) s = s.replaceAll('.', '');
  return s !== '' && /^-?\d*\.?\d+$/.test(s) ? Number(s) : null;
}
/** `1,0856`, `1.0856`: a separator that stands alone begins the fraction. */
export function parseDecimal(text: string): number | null {
  const s = text.trim();
  return /^-?\d*[.,]\d+$/.test(s) ? Number(s.replace(',', '.')) : parseNumber(s);
}
/** The value of an <input type="datetime-local"> and back. */
export function toLocal(iso: string): string {
  const d = new Date(iso);
  return new Date(d.getTime() - d.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
export const fromLocal = (local: string): string => new Date(local).toISOString().replace(/\.\d+Z$/, 'Z');
