import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { type Figure, figureOf } from '../figures.ts'

const folder = join(import.meta.dirname, '../../../out/renderer')

/**
 * What the page must load before it shows anything: the scripts that index.html names, all that those import statically,
 * and the words of one language (of the longer one) that the early script fetches.
 */
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
  const words = readdirSync(join(folder, 'assets'))
    .filter((name) => /^first\.(?:sw|en)-.*\.js$/.test(name))
    .map((name) => gzipSync(readFileSync(join(folder, 'assets', name)), { level: 9 }).length)
  if (words.length !== 2) throw new Error('there is no file of first words for each language')
  return [
    figureOf('page.js.kb', 'kB gz', [bytes / 1000]),
    figureOf('page.first.kb', 'kB gz', [(bytes + Math.max(...words)) / 1000]),
  ]
}
