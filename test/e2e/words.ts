import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Language, Sentence } from '../../src-preload/contract/paging.ts'

/** The words of the page as it shows them, so that a test reads what a person reads. */
export interface Words {
  readonly language: Language
  /** The text at a path such as "counter.receipt", its `{{marks}}` filled. Raises when there is none. */
  readonly t: (path: string, values?: Readonly<Record<string, string | number>>) => string
  readonly say: (sentence: Sentence) => string
  /** The name of a stop in the rail. */
  readonly rail: (screen: 'counter' | 'outbox' | 'payments' | 'settings') => string
}

const folder = join(import.meta.dirname, '../../src-renderer')

const readFile = (name: string): unknown => JSON.parse(readFileSync(join(folder, name), 'utf8'))

/** The words of all parts of the page. */
function readWords(language: Language): readonly unknown[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(`words.${language}.json`))
    .map(readFile)
}

export function wordsOf(language: Language): Words {
  const parts = readWords(language)
  return {
    language,
    say: (sentence) => sentence[language],
    rail: (screen) => textAt([readFile(`screens/${screen}/labels.json`)], `rail.${language}`),
    t: (path, values = {}) =>
      textAt(parts, path).replace(/\{\{(\w+)\}\}/g, (mark, name: string) => String(values[name] ?? mark)),
  }
}

function textAt(parts: readonly unknown[], path: string): string {
  const found = parts.map((part) => textIn(part, path)).find((text) => text !== undefined)
  if (found === undefined) throw new Error(`the page has no text at ${path}`)
  return found
}

function textIn(part: unknown, path: string): string | undefined {
  let here = part
  for (const name of path.split('.')) {
    here =
      typeof here === 'object' && here !== null
        ? Object.entries(here).find(([key]) => key === name)?.[1]
        : undefined
  }
  return typeof here === 'string' ? here : undefined
}

/**
 * What a gallery looks at: whether words fit depends on the language, whether they can be read on the theme, and two of
 * the four pairs have both of each. The other two are for whoever wants every picture: `KAUNTA_ALL_PICTURES=1`.
 */
export const gallery = [
  ['sw', 'light'],
  ['en', 'dark'],
  ...(process.env.KAUNTA_ALL_PICTURES === undefined
    ? []
    : ([
        ['sw', 'dark'],
        ['en', 'light'],
      ] as const)),
] as const

/** Both languages, for scenarios that must hold in each. */
export const languages = ['sw', 'en'] as const satisfies readonly Language[]
