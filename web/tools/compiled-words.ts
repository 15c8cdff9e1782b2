// Messages are parsed when the program is built, so that no parser travels to the browser.
import { parse } from '@formatjs/icu-messageformat-parser';
import type { Plugin } from 'vite';

export function compiledWords(): Plugin {
  return {
    name: 'compiled-words',
    enforce: 'pre',
    transform: {
      filter: { id: /locales\/\w+\/web\.json$/ },
      handler(json) {
        const words = Object.entries(JSON.parse(json) as Record<string, string>);
        const compiled = words.map(([key, text]) => [key, text.includes('{') ? parse(text) : text]);
        return {
          code: `export default ${JSON.stringify(Object.fromEntries(compiled))}`,
          moduleType: 'js',
          map: null,
        };
      },
    },
  };
}
