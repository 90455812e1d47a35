import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { type Figure, figureOf } from '../figures.ts'

const folder = join(import.meta.dirname, '../../../out/renderer')

/** Script that the page must load before it shows anything: what index.html names, and all that those import statically. */
export function measurePageSize(): readonly Figure[] {
  const html = readFileSync(join(folder, 'index.html'), 'utf8')
  const waiting = [...html.matchAll(/(?:src|href)="\.\/([^"]+\.js)"/g)].map(([, path = '']) => path)
  const seen = new Set<string>()
  let bytes = 0
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (seen.has(path)) continue
    seen.add(path)
    const source = readFileSync(join(folder, path))
    bytes += gzipSync(source, { level: 9 }).length
    for (const [, name = ''] of source.toString().matchAll(/(?:from|import)\s*["']\.\/([^"']+\.js)["']/g)) {
      waiting.push(join(dirname(path), name))
    }
  }
  if (seen.size === 0) throw new Error('index.html names no script')
  return [figureOf('page.js.kb', 'kB gz', [bytes / 1000])]
}
