// An icon of the library, drawn as the few shapes it is: the library's own component builds each of them from a
// list of tags and attributes, for every icon of every card, and is larger than all icons of the first screen.
import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';

interface Drawing {
  size: number;
  node: [string, Record<string, string>][];
}
const shape = ([tag, attributes]: Drawing['node'][number]): string =>
  `<${tag} ${Object.entries(attributes)
    .map(([name, value]) => `${name}="${value}"`)
    .join(' ')} />`;

export function plainIcons(): Plugin {
  return {
    name: 'plain-icons',
    enforce: 'pre',
    load(id) {
      if (!/@lucide\/svelte\/dist\/icons\/[\w-]+\.svelte$/.test(id)) return null;
      const said = /const iconData = (\{.*\});/.exec(readFileSync(id, 'utf8'))?.[1];
      if (!said) return null;
      const { size, node } = JSON.parse(said) as Drawing;
      return `<script>let { size = ${size}, x, y } = $props();</script>
<svg class="icon-lines" viewBox="0 0 ${size} ${size}" width={size} height={size} {x} {y} aria-hidden="true"
  >${node.map(shape).join('')}</svg>`;
    },
  };
}
