import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'

/** Real sockets, child processes and a keychain are slow on a busy two-core machine; a hang is still a failure. */
const limits = { testTimeout: 90_000, hookTimeout: 90_000, expect: { poll: { timeout: 30_000 } } }
const setupFiles = ['test/fixtures/property-seed.ts']

export default defineConfig({
  test: {
    // By itself vitest leaves one of two cores idle.
    maxWorkers: 2,
    // `.tasks/test.mjs` adds the JSON reporter, so that a run of one file does not overwrite the totals of the suite.
    projects: [
      {
        test: {
          ...limits,
          setupFiles,
          name: 'main',
          environment: 'node',
          pool: 'forks',
          include: ['src-main/**/*.test.ts', 'src-preload/**/*.test.ts', 'test/**/*.test.ts'],
          exclude: ['test/e2e/**'],
        },
      },
      {
        plugins: [react()],
        test: {
          ...limits,
          setupFiles,
          name: 'ui',
          environment: 'happy-dom',
          include: ['src-renderer/**/*.test.{ts,tsx}'],
        },
      },
    ],
  },
})
