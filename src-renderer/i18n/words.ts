import type { Language } from '../../src-preload/contract/paging.ts'
import type counterWords from '../screens/counter/words.en.json'
import type shellWords from '../shell/words.en.json'

/** A file of words: texts under names, in sections. */
export interface WordTree {
  readonly [name: string]: string | WordTree
}

/** The words of one part of the page: a file for each language, loaded when it is shown in it. */
export type WordFiles = Readonly<Record<Language, () => Promise<{ readonly default: WordTree }>>>

/** Lets no language lack a word that English has. */
export function wordFiles<T extends WordTree>(files: {
  readonly en: () => Promise<{ readonly default: T }>
  readonly sw: () => Promise<{ readonly default: NoInfer<T> }>
}): WordFiles {
  return files
}

type Base<Name extends string> = Name extends `${infer Before}_${'one' | 'other'}` ? Before : Name

/** Every path to a text in a file of words: `counter.title`; a text that counts goes by its name before `_one`. */
export type KeyOf<Tree> = {
  [Name in keyof Tree & string]: Tree[Name] extends string ? Base<Name> : `${Name}.${KeyOf<Tree[Name]>}`
}[keyof Tree & string]

/** What every screen may say: the words of the shell and of the counter are there from the first moment. */
export type SharedKey = KeyOf<typeof shellWords> | KeyOf<typeof counterWords>

export type WordValues = Readonly<Record<string, string | number | null | undefined>>

/** The text under a key in the language now shown, its `{{marks}}` filled; `count` chooses between one and more. */
export type Translate<Key extends string = SharedKey> = (key: Key, values?: WordValues) => string

/** A new object for each language, so that whoever keeps `t` draws anew. */
export interface Spoken {
  readonly language: Language
  readonly t: Translate<string>
}

/** All words of the page that were needed so far, in the language that it is in. */
export interface Words {
  readonly now: () => Spoken
  readonly subscribe: (listener: () => void) => () => void
  /** Settles once this part can be shown; it follows each change of language from then on. */
  readonly need: (files: WordFiles) => Promise<void>
  /** Changes the language once all that is needed is there in it; also tells the browser. */
  readonly show: (language: Language) => Promise<void>
}

function textAt(tree: WordTree, key: string): string | undefined {
  let here: string | WordTree | undefined = tree
  for (const name of key.split('.')) here = typeof here === 'object' ? here[name] : undefined
  return typeof here === 'string' ? here : undefined
}

/** Both languages count alike: one, and all else. */
function countedText(tree: WordTree, key: string, { count }: WordValues): string | undefined {
  const counted = count === undefined ? undefined : textAt(tree, `${key}_${count === 1 ? 'one' : 'other'}`)
  return counted ?? textAt(tree, key)
}

function speak(language: Language, tree: WordTree): Spoken {
  // A screen asks for the same few hundred texts at each drawing.
  const plain = new Map<string, string>()
  return {
    language,
    t(key, values) {
      if (values === undefined) {
        const known = plain.get(key) ?? textAt(tree, key)
        if (known === undefined) return key
        plain.set(key, known)
        return known
      }
      const text = countedText(tree, key, values) ?? key
      return text.replace(/\{\{(\w+)\}\}/g, (_mark, name: string) => String(values[name] ?? ''))
    },
  }
}

/** The words in `language`, nothing of them loaded yet. */
export function createWords(language: Language): Words {
  const trees: Record<Language, WordTree> = { sw: {}, en: {} }
  const needed = new Map<WordFiles, Partial<Record<Language, Promise<void>>>>()
  const listeners = new Set<() => void>()
  let spoken = speak(language, trees[language])
  let wanted = language
  const load = (files: WordFiles, into: Language): Promise<void> => {
    const loads = needed.get(files) ?? {}
    needed.set(files, loads)
    loads[into] ??= files[into]().then(
      (file) => void Object.assign(trees[into], file.default),
      (error: unknown) => {
        // Asked for again the next time.
        delete loads[into]
        throw error
      },
    )
    return loads[into]
  }
  const show = async (next: Language): Promise<void> => {
    wanted = next
    await Promise.all([...needed.keys()].map((files) => load(files, next)))
    if (wanted !== next) return
    document.documentElement.lang = next
    if (spoken.language === next) return
    spoken = speak(next, trees[next])
    for (const listener of listeners) listener()
  }
  return {
    now: () => spoken,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async need(files) {
      // The language may change while this loads.
      await Promise.all([...new Set([spoken.language, wanted])].map((one) => load(files, one)))
      if (needed.get(files)?.[spoken.language] === undefined) await load(files, spoken.language)
    },
    show,
  }
}
