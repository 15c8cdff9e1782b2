import { env } from 'node:process';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';
import { plainIcons } from './tools/icons.ts';
import { wordsByScreen } from './tools/words-by-screen.ts';

const server = env['BASE'] ?? 'http://127.0.0.1:8090';

export default defineConfig({
  plugins: [wordsByScreen(), plainIcons(), svelte()],
  resolve: {
    alias: [
      {
        find: /^@formatjs\/icu-messageformat-parser$/,
        replacement: '@formatjs/icu-messageformat-parser/no-parser.js',
      },
    ],
  },
  build: {
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    cssCodeSplit: true,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'drag', test: /svelte-dnd-action/ },
            { name: 'chart', test: /chart\.js/ },
            { name: 'grid', test: /slickgrid|sortablejs/ },
          ],
        },
      },
    },
  },
  server: { proxy: { '/api': server }, fs: { allow: ['..'] } },
});
