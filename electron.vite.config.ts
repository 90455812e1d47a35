import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

export default defineConfig({
  // Everything but native modules is bundled into main: drizzle-orm from node_modules costs 350 ms at each start.
  main: {
    build: {
      outDir: 'out/main',
      externalizeDeps: true,
      sourcemap: 'hidden',
      rollupOptions: {
        input: {
          electron: here('src-main/electron/main.ts'),
          server: here('src-main/server/main.ts'),
          'database-worker': here('src-main/database/worker.ts'),
        },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
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
