import { afterAll, describe, expect, it } from 'vitest'
import { copyTree, runTool } from './tree.ts'

/** What the compiler's settings for each room must refuse. */
const faults: readonly (readonly [what: string, path: string, source: string])[] = [
  ['Node in the contract', 'src-preload/contract/canary-node.ts', 'export const folder = process.cwd()'],
  ['the page in the contract', 'src-preload/contract/canary-page.ts', 'export const title = document.title'],
  ['the page in the main process', 'src-main/canary-page.ts', 'export const title = document.title'],
  ['Node in the page', 'src-renderer/canary-node.ts', 'export const folder = process.cwd()'],
  ['an unchecked index', 'src-main/canary-index.ts', 'export const first = (x: string[]): string => x[0]'],
  ['an enum', 'src-main/canary-enum.ts', 'export enum Colour { Red }'],
  [
    'undefined for an absent field',
    'src-main/canary-exact.ts',
    'export const x: { a?: string } = { a: undefined }',
  ],
]

describe('the compiler', () => {
  const tree = copyTree()
  afterAll(() => tree.remove())
  for (const [, path, source] of faults) tree.plant(path, source)
  const rooms = ['src-preload/contract', 'src-main', 'src-renderer']
  const { output } = runTool('tsc', ['-b', '--pretty', 'false', ...rooms], tree.folder)

  it.each(faults)('refuses %s', (_what, path) => {
    expect(output).toContain(`${path}(`)
  })
})
