type Sentences = typeof import('./sentences.ts')

/**
 * What can be refused and why, in both languages, is a fifth of all words and none of them is on a counter that works: it
 * is fetched while the page is drawn.
 */
function createCatalogue() {
  let there: Sentences | null = null
  const listeners = new Set<() => void>()
  return {
    /** The catalogue, or null while it is on its way. */
    sentences: () => there,
    /** Settles once it is there; asked for again after a failure. */
    async loadSentences(): Promise<void> {
      if (there !== null) return
      there = await import('./sentences.ts')
      for (const listener of listeners) listener()
    },
    subscribeSentences(listener: () => void): () => void {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

export const { sentences, loadSentences, subscribeSentences } = createCatalogue()
