// Which words a source file says: keys it quotes, and families it completes as it runs.
const quoted = /['"`]([a-z]\w*(?:\.\w+)+)['"`]/g;
const begun = /`([a-z]\w*\.[\w.]*)\$\{/g;
const family = /\bmember\('([\w.]+)'/g;

/**
 * @param {string} code
 * @param {string[]} keys all there are
 * @returns {string[]} those of them that it says
 */
export function said(code, keys) {
  const exact = new Set([...code.matchAll(quoted)].map((m) => m[1]));
  const starts = [...code.matchAll(begun)].map((m) => m[1]);
  for (const m of code.matchAll(family)) starts.push(`${m[1]}.`);
  return keys.filter((k) => exact.has(k) || starts.some((s) => k.startsWith(s)));
}
