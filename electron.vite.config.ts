import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'
import type { Plugin } from 'vite'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** Whose work each bundle holds; `.tasks/notices.mjs` makes one list of them. */
const license = { fileName: 'licences.json' }

/** Opens the door and asks the first questions while the page itself is still on its way. */
const earlyScript = /[\\/]src-renderer[\\/]early\.ts$/

/** Lets the early script run as soon as it is there: in its turn it would wait for the styles and the whole document. */
const runEarly: Plugin = {
  name: 'kaunta-run-early',
  transformIndexHtml: {
    order: 'post',
    handler(html, { bundle }) {
      // In development there is no bundle, and the page imports it.
      if (bundle === undefined) return html
      const early = Object.values(bundle).find(
        (file) => file.type === 'chunk' && file.moduleIds.some((id) => earlyScript.test(id)),
      )
      const tag = `<script type="module" crossorigin src="./${early?.fileName}">`
      if (!html.includes(tag)) throw new Error('the page names no early script')
      return html.replace(tag, tag.replace('crossorigin', 'async crossorigin'))
    },
  },
}

/**
 * Leaves out what writes Mantine's variables into a style element at run time: the page's policy allows none, and they are
 * shipped as `theme.golden.css`.
 */
const noStyleElement: Plugin = {
  name: 'kaunta-no-style-element',
  apply: 'build',
  load: {
    filter: { id: /[\\/]MantineCssVariables\.mjs$/ },
    handler: () => 'export const MantineCssVariables = () => null',
  },
}

export default defineConfig({
  // Everything but native modules is bundled into main: drizzle-orm from node_modules costs 350 ms at each start.
  main: {
    build: {
      outDir: 'out/main',
      license,
      externalizeDeps: true,
      sourcemap: 'hidden',
      rollupOptions: {
        input: {
          electron: here('src-main/electron/main.ts'),
          server: here('src-main/server/main.ts'),
          'database-worker': here('src-main/database/worker.ts'),
          'script-worker': here('src-main/printing/scripts/worker.ts'),
        },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      license,
      externalizeDeps: false,
      rollupOptions: {
        input: { index: here('src-preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src-renderer',
    plugins: [react(), runEarly, noStyleElement],
    build: {
      outDir: 'out/renderer',
      license,
      minify: true,
      sourcemap: 'hidden',
      rollupOptions: {
        input: here('src-renderer/index.html'),
        // What opens the door is one file and what the counter needs another: twenty small ones take 40 ms longer
        // (npm run bench, page.ready.ms).
        output: {
          codeSplitting: {
            groups: [
              { name: 'early', test: earlyScript, priority: 2 },
              { name: 'initial', tags: ['$initial'], priority: 1 },
            ],
          },
        },
      },
    },
  },
})
