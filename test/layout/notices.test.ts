import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { root } from './tree.ts'

const notices = z
  .array(z.object({ name: z.string(), version: z.string(), licence: z.string(), text: z.string() }))
  .parse(JSON.parse(readFileSync(join(root, 'out', 'renderer', 'notices.json'), 'utf8')))
const { dependencies } = z
  .object({ dependencies: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')))

/** Licences that ask for no more than to be named. Another one is a question for a person, not for a build. */
const taken = /^(MIT|Apache-2\.0|BSD-[23]-Clause|ISC|0BSD|Unlicense|OFL-1\.1|CC0-1\.0|BlueOak-1\.0\.0)$/

/**
 * One that asks for its own source to be had: it is used as it comes, from where its name and version lead to
 * (docs/decisions/022).
 */
const asItComes = new Map([['@resvg/resvg-wasm 2.6.2', 'MPL-2.0']])

describe('other people’s work', () => {
  it('is named: what the bundles hold of main and page, and what stands beside them', () => {
    const named = new Set(notices.map(({ name }) => name))
    for (const name of [
      ...Object.keys(dependencies),
      'zod',
      'drizzle-orm',
      'react-dom',
      '@mantine/core',
      '@serialport/bindings-cpp',
      'Noto Sans',
    ])
      expect(named).toContain(name)
  })

  it.each(notices.map(({ name, version, licence }) => [`${name} ${version}`, licence]))(
    '%s stands under a licence that lets it be handed on: %s',
    (name, licence) => {
      expect(asItComes.get(name) === licence || taken.test(licence)).toBe(true)
    },
  )
})
