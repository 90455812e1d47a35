import { copyFileSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { judgeRuntime, judgeRuntimeOnce, runtimeHashes } from '../../.tasks/runtime.mjs'
import { tempFolder } from '../fixtures/temp-folder.ts'
import { root } from './tree.ts'

const platform = `${process.platform}-${process.arch}`

describe('the program that Kaunta runs on', () => {
  it.skipIf(runtimeHashes[platform] === undefined)('is the one whose hash stands in the tree', () => {
    const locked = z
      .object({ packages: z.object({ 'node_modules/node': z.object({ version: z.string() }) }) })
      .parse(JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')))
    expect(process.version).toBe(`v${locked.packages['node_modules/node'].version}`)
    expect(judgeRuntime(process.execPath, platform)).toBe('right')
  })

  it.skipIf(runtimeHashes[platform] === undefined)(
    'is looked at again when another stands in its place',
    () => {
      const folder = tempFolder()
      const program = join(folder, 'node')
      const stamp = join(folder, 'checked')
      copyFileSync(process.execPath, program)
      expect(judgeRuntimeOnce(program, platform, stamp)).toBe('right')
      expect(judgeRuntimeOnce(program, platform, stamp)).toBe('right')
      writeFileSync(program, 'something else')
      expect(judgeRuntimeOnce(program, platform, stamp)).toBe('wrong')
      copyFileSync(process.execPath, program)
      utimesSync(program, 1, 1)
      expect(judgeRuntimeOnce(program, platform, stamp)).toBe('right')
    },
  )

  it('cannot be judged where nobody looked at it', () => {
    expect(judgeRuntime(process.execPath, 'plan9-mips')).toBe('unknown')
  })
})
