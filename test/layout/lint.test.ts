import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { findFaults } from './source-rules.ts'
import { copyTree, root, runTool, sourceFiles } from './tree.ts'

const lines = (count: number) => Array.from({ length: count }, (_, line) => `  void ${line}`).join('\n')
const branches = Array.from({ length: 13 }, (_, n) => `  if (x === ${n}) return ${n}`).join('\n')

/** One fault for each rule that holds a promise of docs/principles.md. */
const faults: readonly (readonly [rule: string, source: string])[] = [
  ['eslint(max-lines)', `export {}\n${lines(401)}`],
  ['eslint(complexity)', `export function many(x: number) {\n${branches}\n  return 0\n}`],
  ['eslint(no-console)', `export const shout = () => console.log('x')`],
  ['eslint(no-restricted-imports)', `export { format } from 'date-fns'`],
  ['eslint(no-restricted-properties)', 'export const a = () => Date.now()'],
  ['eslint(no-restricted-properties)', 'export const b = () => Math.random()'],
  ['eslint(no-restricted-properties)', 'export const c = () => process.env'],
  ['eslint(no-restricted-globals)', `export const d = () => fetch('x')`],
  ['eslint(no-restricted-globals)', 'export const e = (run: () => void) => setTimeout(run, 1)'],
  ['typescript(no-explicit-any)', 'export type Anything = any'],
  ['typescript(no-non-null-assertion)', 'export const f = (x: string | null) => x!.length'],
  ['typescript(consistent-type-assertions)', 'export const g = (x: unknown) => x as string'],
  ['typescript(no-floating-promises)', 'export const h = (x: Promise<void>) => {\n  x\n}'],
  ['typescript(no-unsafe-return)', `export const i = (): string => JSON.parse('1')`],
  [
    'typescript(switch-exhaustiveness-check)',
    `export function j(x: 'a' | 'b') {\n  switch (x) {\n    case 'a':\n      return 1\n  }\n  return 2\n}`,
  ],
]
const diagnosticsSchema = z.object({
  diagnostics: z.array(z.object({ code: z.string().optional(), filename: z.string(), severity: z.string() })),
})

describe('the linter', () => {
  const tree = copyTree()
  afterAll(() => tree.remove())
  const planted = faults.map(
    ([rule, source], index) => [rule, `src-main/canary/fault-${index}.ts`, source] as const,
  )
  for (const [, path, source] of planted) tree.plant(path, source)
  const { output } = runTool('oxlint', ['--type-aware', '--deny-warnings', '--format', 'json'], tree.folder)
  const { diagnostics } = diagnosticsSchema.parse(JSON.parse(output))

  it.each(planted)('reports %s in %s', (rule, path) => {
    const found = diagnostics.filter((one) => one.filename.endsWith(path) && one.severity === 'error')
    expect(found.map((one) => one.code)).toContain(rule)
  })
})

/** Files whose only purpose is to run: the doors, the page and the worker. */
const entries = new Set([
  'src-main/electron/main.ts',
  'src-main/server/main.ts',
  'src-main/database/worker.ts',
  'src-main/printing/scripts/worker.ts',
  'src-preload/index.ts',
  'src-renderer/early.ts',
  'src-renderer/main.tsx',
])
const timeKeepers = /^src-main\/(?:system-ports\.ts|http\/|electron\/|server\/)|^src-renderer\//

const strict = { timeFromClock: true, functionLines: 60 }

describe('a module', () => {
  it.each([
    ['effect-on-import', `start()`],
    ['effect-on-import', `export const x = await start()`],
    ['effect-on-import', `if (x) start()`],
    ['module-state', `let count = 0`],
    ['module-state', `export var count = 0`],
    ['module-state', `const seen = new Map<string, string>()`],
    ['module-state', `export const list: string[] = []`],
    ['module-state', `const table = {}`],
    ['long-function', `export function long() {\n${lines(60)}\n}`],
    ['long-function', `export const x = () => {\n${lines(60)}\n}`],
    ['long-function', `class C {\n  m() {\n${lines(60)}\n  }\n}`],
    ['time-from-nowhere', `export function f() {\n  return { at: new Date() }\n}`],
  ])('with a %s is found (%#)', (rule, source) => {
    expect(findFaults(source, strict).map((fault) => fault.rule)).toContain(rule)
  })

  it('may hold constants, types, functions and classes', () => {
    const source = `import { z } from 'zod'
      export const limits = { a: 1 } as const
      const names = ['a'] as const, known = new Map([['a', 1]])
      export const schema = z.object({})
      export interface I { a: string }
      export class C { #seen = new Map(); at() { return new Date(this.#seen.size) } }
      export function f(list: string[] = []) { let n = 0; n++; return [...list, n] }
      export default function g() {}`
    expect(findFaults(source, strict)).toEqual([])
  })

  it('may hold a long factory of short functions', () => {
    const short = (name: string) => `  const ${name} = () => {\n${lines(40)}\n  }`
    const source = `export function createThing() {\n${short('a')}\n${short('b')}\n  return { a, b }\n}`
    expect(findFaults(source, strict)).toEqual([])
  })

  it('of the product does nothing when imported, keeps no state and has no long function', () => {
    const paths = sourceFiles().filter((path) => !path.includes('.test.') && !entries.has(path))
    const found = paths.flatMap((path) => {
      const rules = {
        timeFromClock: !timeKeepers.test(path),
        functionLines: 60,
        tsx: path.endsWith('.tsx'),
      }
      return findFaults(readFileSync(join(root, path), 'utf8'), rules).map((fault) => ({ path, ...fault }))
    })
    expect(paths.length).toBeGreaterThan(100)
    expect(found).toEqual([])
  })
})
