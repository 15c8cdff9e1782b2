// Text as search and order see it: no case, no accents.
const plain = /^[ -~\s]*$/;

export function fold(text: string): string {
  const low = text.toLowerCase();
  return plain.test(low) ? low : low.normalize('NFKD').replace(/\p{M}/gu, '');
}
