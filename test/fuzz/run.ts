import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { fuzzDoors } from './fuzz.ts'

/** `npm run fuzz -- --tries N [--seed N]`: the long hunt. The last line is one JSON object. */
const { values } = parseArgs({
  options: {
    tries: { type: 'string', default: '20000' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
  },
})
const folder = mkdtempSync(join(tmpdir(), 'kaunta-fuzz-'))
process.stdout.write(`seed ${values.seed}\n`)
const result = await fuzzDoors({
  folder,
  tries: Number(values.tries),
  seed: Number(values.seed),
  onProgress: (done) => {
    if (done % 10_000 === 0) process.stdout.write(`${done} tries\n`)
  },
})
rmSync(folder, { recursive: true, force: true })
process.stdout.write(`${JSON.stringify(result)}\n`)
process.exit(result.findings.length === 0 ? 0 : 1)
