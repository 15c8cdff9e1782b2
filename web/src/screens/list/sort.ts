/** Up, down, and no order of ours. */
export const nextSort = (sort: string, name: string): string | null =>
  sort === name ? `-${name}` : sort === `-${name}` ? null : name;
