// The editors come in a chunk of their own, asked for as soon as a page with fields is shown.
export const loadEditor = async () => (await import('./Editor.svelte')).default;
