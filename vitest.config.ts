import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Real sockets, child processes and a keychain are slow on a busy two-core machine; a hang is still a failure. */
const limits = { testTimeout: 90_000, hookTimeout: 90_000, expect: { poll: { timeout: 30_000 } } }
const setupFiles = ['test/fixtures/property-seed.ts']

/** The files that take longest, longest first: begun last, one of them would leave a core idle for a minute at the end. */
const long = [
  'crash/late',
  'crash/teeth',
  'power-cut/power-cut',
  'crash/every-byte',
  'race/race',
  'crash/migration',
  'doors/contract',
  'contract/gives-back',
].map((name) => `/test/${name}.test.ts`)

const usualOrder = BaseSequencer.prototype.sort

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      const at = long.findIndex((name) => moduleId.endsWith(name))
      return at === -1 ? long.length : at
    }
    const bySize = await usualOrder.call(this, files)
    return bySize.toSorted((a, b) => place(a) - place(b))
  }
}

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
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
