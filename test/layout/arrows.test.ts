import { afterAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { copyTree, runTool, sourceFolders } from './tree.ts'

const resultSchema = z.object({
  modules: z.array(z.object({ source: z.string() })),
  summary: z.object({
    violations: z.array(z.object({ from: z.string(), rule: z.object({ name: z.string() }) })),
    ruleSetUsed: z.object({ forbidden: z.array(z.object({ name: z.string() })) }),
  }),
})

/** One fault for each rule: the rule, the file that breaks it, and what stands in that file. */
const faults: readonly (readonly [rule: string, at: string, source: string])[] = [
  [
    'no-cycles',
    'src-main/canary/back.ts',
    `import type { Round } from './round.ts'\nexport type Back = Round`,
  ],
  ['everything-resolves', 'src-main/canary/lost.ts', `import './nowhere.ts'`],
  ['product-without-tests', 'src-main/canary/helped.ts', `import '../../test/canary.ts'`],
  [
    'electron-in-its-room',
    'src-main/server/canary.ts',
    `import type { App } from 'electron'\nexport type A = App`,
  ],
  ['electron-in-its-room', 'src-main/companion.ts', `import 'electron-store'`],
  ['contract-is-neutral', 'src-preload/contract/node-canary.ts', `import 'node:fs'`],
  ['contract-is-neutral', 'src-preload/contract/room-canary.ts', `import '../../src-main/ports.ts'`],
  ['preload-hands-over-a-port', 'src-preload/index.ts', `import 'node:path'`],
  [
    'page-knows-the-contract',
    'src-renderer/canary.ts',
    `import type { Ports } from '../src-main/ports.ts'\nexport type P = Ports`,
  ],
  ['page-without-node', 'src-renderer/node-canary.ts', `import 'node:os'`],
  ['main-without-page', 'src-main/canary/page.ts', `import '../../src-renderer/canary.ts'`],
  ['foundations-know-no-room', 'src-main/http/canary.ts', `import '../canary/service.ts'`],
  ['foundations-know-no-room', 'src-main/database/canary.ts', `import '../http/client.ts'`],
  ['mechanisms-know-no-capability', 'src-main/outbox/canary.ts', `import '../canary/service.ts'`],
  ['outbox-knows-no-provider', 'src-main/outbox/vendor-canary.ts', `import '../providers/registry.ts'`],
  ['providers-keep-nothing', 'src-main/providers/canary.ts', `import '../database/open.ts'`],
  ['capabilities-look-down', 'src-main/canary/up.ts', `import '../companion.ts'`],
  ['capabilities-meet-at-the-service', 'src-main/canary/across.ts', `import '../neighbour/rules.ts'`],
  ['money-below-its-rooms', 'src-main/money/canary.ts', `import '../payments/canary.ts'`],
  ['procedures-for-the-api', 'src-main/canary/joined.ts', `import '../neighbour/procedures.ts'`],
  ['api-looks-down', 'src-main/api/canary.ts', `import '../companion.ts'`],
  ['companion-knows-no-door', 'src-main/companion.ts', `import './server/canary.ts'`],
  ['server-without-electron', 'src-main/server/window-canary.ts', `import '../electron/canary.ts'`],
  ['tables-are-private', 'src-main/canary/nosy.ts', `import '../neighbour/tables.ts'`],
  ['adapter-only-translates', 'src-main/providers/canary-vendor/adapter.ts', `import '../../logging/log.ts'`],
  [
    'adapter-only-translates',
    'src-main/providers/canary-vendor/words.ts',
    `import '../other-vendor/adapter.ts'`,
  ],
  ['adapter-without-simulator', 'src-main/providers/canary-vendor/peek.ts', `import './simulator.ts'`],
  [
    'simulator-from-the-documents',
    'src-main/providers/canary-vendor/simulator.ts',
    `import type { X } from './adapter.ts'\nexport type Y = X`,
  ],
  ['simulator-package-list', 'src-main/providers/canary-vendor/simulator.ts', `import 'undici'`],
  ['adapter-by-registry', 'src-main/canary/vendor.ts', `import '../providers/canary-vendor/adapter.ts'`],
  [
    'simulator-by-registry',
    'src-main/canary/imitation.ts',
    `import '../providers/canary-vendor/simulator.ts'`,
  ],
  ['simulator-on-demand', 'src-main/providers/registry.ts', `import './canary-vendor/simulator.ts'`],
]

/** What the faults reach for; without fault of their own. */
const targets: readonly (readonly [path: string, source: string])[] = [
  ['src-main/canary/round.ts', `import type { Back } from './back.ts'\nexport type Round = Back`],
  ['src-main/canary/service.ts', 'export {}'],
  ['src-main/neighbour/rules.ts', 'export {}'],
  ['src-main/payments/canary.ts', 'export {}'],
  ['src-main/neighbour/procedures.ts', 'export {}'],
  ['src-main/neighbour/tables.ts', 'export {}'],
  ['src-main/neighbour/service.ts', 'export {}'],
  ['src-main/neighbour/good.ts', `import '../canary/service.ts'`],
  ['src-main/electron/canary.ts', `import 'electron'`],
  ['src-main/providers/other-vendor/adapter.ts', `import '../outcome.ts'`],
  ['test/canary.ts', 'export {}'],
]

describe('the arrows between rooms', () => {
  const tree = copyTree()
  afterAll(() => tree.remove())
  for (const [, at, source] of faults) tree.plant(at, source)
  for (const [path, source] of targets) tree.plant(path, source)
  const args = ['--config', '.dependency-cruiser.mjs', '--output-type', 'json', ...sourceFolders]
  const result = resultSchema.parse(JSON.parse(runTool('depcruise', args, tree.folder).output))
  const { violations, ruleSetUsed } = result.summary

  it.each(faults)('%s is found in %s', (rule, at) => {
    expect(violations.filter((one) => one.from === at).map((one) => one.rule.name)).toContain(rule)
  })

  it('have a planted fault for every rule', () => {
    const planted = new Set(faults.map(([rule]) => rule))
    expect(ruleSetUsed.forbidden.map((rule) => rule.name).toSorted()).toEqual([...planted].toSorted())
  })

  it.each(targets)('allow %s', (path) => {
    const found = violations.filter((one) => one.from === path && one.rule.name !== 'no-cycles')
    expect(found).toEqual([])
  })

  it('are looked for in the whole product', () => {
    const own = result.modules.filter((module) => module.source.startsWith('src-'))
    expect(own.length - faults.length - targets.length).toBeGreaterThan(100)
  })
})
