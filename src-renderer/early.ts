import { connect } from './connection.ts'
import { askFirst } from './first-questions.ts'
import { firstWords } from './i18n/first.ts'
import { rememberedLanguage } from './i18n/remembered.ts'
import { createWords } from './i18n/words.ts'

/*
 * A script of its own, small enough to run while the page itself is still on its way: it opens the door, asks for what
 * the counter shows first and fetches the words, so that the page is drawn once, with everything in it.
 */

export const connection = connect(window)
const stream = connection.client.live.watch()
export const answers = askFirst(connection.client)
export const words = createWords(rememberedLanguage())
export const wordsThere = words.need(firstWords)

let untaken: typeof stream | null = stream
/** What changed since before the first question: nothing that was answered can be older. For one listener. */
export function takeStream(): typeof stream | null {
  const taken = untaken
  untaken = null
  return taken
}

// Whoever wants one hears of its refusal.
for (const answer of [stream, ...Object.values(answers), wordsThere]) answer.catch(() => {})
