/** What is needed of a printer model to recognise it. */
export interface KnownModel {
  readonly id: string
  readonly name: string
}

/** Shorter words are in too many names. */
const leastLetters = 4

function letters(words: string): string {
  return words.toLowerCase().replaceAll(/[^a-z0-9]/g, '')
}

/** A name that ends in a digit is another one when a digit follows: XP-58 is not in XP-580. */
function holds(words: string, name: string): boolean {
  const at = words.indexOf(name)
  if (at < 0 || name.length < leastLetters) return false
  return !/\d$/.test(name) || !/\d/.test(words[at + name.length] ?? '')
}

/** Id of the model with the longest name that stands in what a printer or the system calls it; null when none does. */
export function guessModel(words: string, models: readonly KnownModel[]): string | null {
  const said = letters(words)
  let best: { readonly id: string; readonly length: number } | null = null
  for (const { id, name } of models) {
    for (const one of [id, ...name.split(/[/,]/)].map(letters)) {
      if (holds(said, one) && one.length > (best?.length ?? 0)) best = { id, length: one.length }
    }
  }
  return best?.id ?? null
}
