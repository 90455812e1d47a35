import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { problems } from '../src-preload/contract/problems.ts'
import { reasons } from '../src-preload/contract/reasons.ts'
import { root, sourceFiles, sourceFolders } from './layout/tree.ts'

const read = (path: string) => readFileSync(join(root, path), 'utf8')
const countLines = (path: string) => read(path).trimEnd().split('\n').length
const foldersOf = (path: string) =>
  readdirSync(join(root, path), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && holdsFiles(join(path, entry.name)))
    .map((entry) => `${path}/${entry.name}/`)

/** Rooms that stay whole although they are large, each with its reason. */
const largeRooms: Readonly<Record<string, string>> = {}

/** Git keeps no empty folders. */
function holdsFiles(path: string): boolean {
  return readdirSync(join(root, path), { recursive: true, withFileTypes: true }).some((entry) =>
    entry.isFile(),
  )
}

describe('the house', () => {
  it('runs on Node 24, which npm brings along', () => {
    expect(process.versions.node).toMatch(/^24\./)
  })

  it('has in docs/architecture.md no room that is not there, and every one that joins no capability to the host', () => {
    const table = [...read('docs/architecture.md').matchAll(/^\|\s*`?(src-[a-z/-]+\/)`?\s*\|/gm)]
    const named = table.map((row) => row[1] ?? '').filter((row) => /^src-main\/[^/]+\/$/.test(row))
    const rooms = foldersOf('src-main')
    expect(named.filter((room) => !rooms.includes(room))).toEqual([])
    // What is listed in src-main/capabilities.ts says itself what it is.
    const told = rooms.filter((room) => !existsSync(join(root, room, 'capability.ts')))
    expect(told.filter((room) => !named.includes(room))).toEqual([])
  })

  it.each([
    ['src-main/companion.ts', 200],
    ['src-preload/index.ts', 40],
  ])('%s has at most %i lines', (path, limit) => {
    expect(countLines(path)).toBeLessThanOrEqual(limit)
  })

  it('has no room with more than fifteen source files, unless the reason is given', () => {
    const source = sourceFiles().filter((path) => !path.includes('.test.'))
    const large = foldersOf('src-main').filter(
      (room) => source.filter((path) => dirname(path) === room.slice(0, -1)).length > 15,
    )
    expect(large.toSorted()).toEqual(Object.keys(largeRooms).toSorted())
  })

  it('has no dumping ground', () => {
    const names = sourceFiles([...sourceFolders, 'test'])
    expect(
      names.filter((path) =>
        /(?:^|\/)(?:utils?|common|helpers?|core|lib|managers?|misc)(?:\/|\.|-)/.test(path),
      ),
    ).toEqual([])
  })
})

const catalogue = Object.entries({ ...problems, ...reasons })
const marks = (sentence: string) => [...sentence.matchAll(/\{\w+\}/g)].map((mark) => mark[0]).toSorted()

describe('what a person may read', () => {
  it('says what is wrong and what to do in both languages, with the same values', () => {
    for (const [code, { sw, en }] of catalogue) {
      expect(en, code).toMatch(/[.?!]$/)
      expect(sw, code).toMatch(/[.?!]$/)
      expect(sw, code).not.toBe(en)
      expect(new Set(marks(sw)), code).toEqual(new Set(marks(en)))
    }
    expect(catalogue.length).toBeGreaterThan(50)
  })

  it('has every text of the page in both languages, with the same values', () => {
    const [sw, en] = [texts('sw'), texts('en')]
    expect([...sw.keys()].toSorted()).toEqual([...en.keys()].toSorted())
    for (const [key, text] of en) {
      expect(text.trim(), key).not.toBe('')
      expect(sw.get(key)?.trim(), key).not.toBe('')
      expect(new Set(values(sw.get(key) ?? '')), key).toEqual(new Set(values(text)))
    }
  })
})

const values = (text: string) => text.match(/\{\{\s*[\w, ]+\}\}/g) ?? []

function texts(language: 'sw' | 'en'): Map<string, string> {
  const found = new Map<string, string>()
  const walk = (value: unknown, path: string) => {
    if (typeof value === 'string') found.set(path, value)
    else for (const [key, inner] of Object.entries(value ?? {})) walk(inner, `${path}.${key}`)
  }
  for (const file of readdirSync(join(root, 'src-renderer'), { recursive: true, encoding: 'utf8' }))
    if (file.endsWith(`words.${language}.json`)) walk(JSON.parse(read(`src-renderer/${file}`)), '')
  return found
}
