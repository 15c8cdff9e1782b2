// The choices of a field as they are typed, and as the server takes them.
export interface ChoiceRow {
  value: string;
  it: string;
  en: string;
}
const word = (label: string): string =>
  label
    .normalize('NFD')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .toLowerCase()
    .slice(0, 40) || 'v';

/** Those that say something; a new one is kept under a word made of its label. */
export function choicesOf(rows: ChoiceRow[]): { value: string; it: string; en?: string }[] {
  const taken = new Set(rows.map((r) => r.value).filter(Boolean));
  return rows
    .filter((r) => r.it.trim() || r.en.trim())
    .map((r) => {
      const said = r.it.trim() || r.en.trim();
      let value = r.value;
      for (let i = 1; !value; i++) {
        const made = i === 1 ? word(said) : `${word(said)}_${i}`;
        if (!taken.has(made)) taken.add((value = made));
      }
      return { value, it: said, ...(r.en.trim() ? { en: r.en.trim() } : {}) };
    });
}
