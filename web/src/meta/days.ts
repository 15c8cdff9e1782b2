// The days a salesperson picks with one key.
export type Pick = 'today' | 'tomorrow' | 'three' | 'monday';
export const picks: Pick[] = ['today', 'tomorrow', 'three', 'monday'];

const at9 = (d: Date): Date => new Date(d.getFullYear(), d.getMonth(), d.getDate(), 9, 0, 0);
const plus = (d: Date, days: number): Date => new Date(d.getFullYear(), d.getMonth(), d.getDate() + days, 9);
const isFree = (d: Date): boolean => d.getDay() === 0 || d.getDay() === 6;

export function pickDay(pick: Pick, now = new Date()): Date {
  if (pick === 'today') return new Date(Math.floor(now.getTime() / 60_000) * 60_000);
  if (pick === 'tomorrow') return plus(now, 1);
  if (pick === 'monday') return plus(now, (8 - now.getDay()) % 7 || 7);
  let d = at9(now);
  for (let left = 3; left > 0;) {
    d = plus(d, 1);
    if (!isFree(d)) left--;
  }
  return d;
}
export const isoTime = (d: Date): string => d.toISOString().replace(/\.\d+Z$/, 'Z');
