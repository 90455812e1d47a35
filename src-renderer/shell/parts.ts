import type { ComponentType } from 'react'
import type { WordFiles, Words } from '../i18n/words.ts'

type Loaded<Props> = Promise<{ readonly default: ComponentType<Props> }>

/** Fetches a part of the page together with its words, so that it never shows without them. */
export async function fetchPart<Props>(
  words: Words,
  part: { readonly load: () => Loaded<Props>; readonly words: WordFiles },
): Loaded<Props> {
  const [loaded] = await Promise.all([part.load(), words.need(part.words)])
  return loaded
}
