import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** Whose work each bundle holds; `.tasks/notices.mjs` makes one list of them. */
const license = { fileName: 'licences.json' }

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
    plugins: [react()],
    build: {
      outDir: 'out/renderer',
      license,
      minify: true,
      sourcemap: 'hidden',
      rollupOptions: {
        input: here('src-renderer/index.html'),
        // What the counter needs is one file: twenty small ones take 40 ms longer (npm run bench, page.ready.ms).
        output: { codeSplitting: { groups: [{ name: 'initial', tags: ['$initial'] }] } },
      },
    },
  },
})
