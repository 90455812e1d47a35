import { expect, test } from 'vitest'
import { statuses } from '../components/status.ts'
import en from './en.json'
import sw from './sw.json'

function flatten(words: object, path = ''): [string, string][] {
  return Object.entries(words).flatMap(([name, value]): [string, string][] =>
    typeof value === 'object' && value !== null
      ? flatten(value, `${path}${name}.`)
      : [[`${path}${name}`, String(value)]],
  )
}

const english = new Map(flatten(en))
const swahili = new Map(flatten(sw))
const marksOf = (text: string) =>
  [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name = '']) => name).toSorted((a, b) => a.localeCompare(b))

test('both languages have the same words', () => {
  expect([...swahili.keys()].toSorted()).toEqual([...english.keys()].toSorted())
  expect(english.size).toBeGreaterThan(400)
})

test('no word is empty', () => {
  const empty = [...english, ...swahili].filter(([, text]) => text.trim() === '')
  expect(empty).toEqual([])
})

test('each pair has the same marks, so that no figure is lost in translation', () => {
  const different = [...english].filter(
    ([name, text]) => marksOf(text).join() !== marksOf(swahili.get(name) ?? '').join(),
  )
  expect(different).toEqual([])
})

test('every status of the code has its word, and every word its status', () => {
  expect(Object.keys(en.status).toSorted()).toEqual(Object.keys(statuses).toSorted())
})

/** The words fixed for Kaunta's states. */
test.each([
  ['queued', 'Waiting to be sent', 'Inasubiri kutumwa'],
  ['heldOffline', 'Waiting for the internet', 'Inasubiri intaneti'],
  ['sending', 'Sending', 'Inatumwa'],
  ['sent', 'Sent', 'Imetumwa'],
  ['delivered', 'Delivered', 'Imefika'],
  ['read', 'Read', 'Imesomwa'],
  ['failed', 'Not sent', 'Haikutumwa'],
  ['unknown', 'Not sure yet, checking', 'Bado haijulikani, tunaangalia'],
  ['needsDecision', 'Needs a decision', 'Inahitaji uamuzi'],
  ['prompted', 'Waiting for the customer’s PIN', 'Tunasubiri PIN ya mteja'],
  ['paid', 'Paid', 'Imelipwa'],
  ['wrongPin', 'Wrong PIN', 'PIN si sahihi'],
  ['noMoney', 'Not enough balance', 'Salio halitoshi'],
  ['cancelledByCustomer', 'The customer cancelled', 'Mteja ameghairi'],
  ['noAnswer', 'No answer from the phone', 'Simu haikujibu'],
  ['reversed', 'Returned to the customer', 'Imerudishwa kwa mteja'],
  ['printed', 'Printed', 'Imechapishwa'],
  ['paperUnsure', 'Did the paper come out?', 'Je, karatasi imetoka?'],
  ['noPaper', 'The printer has no paper', 'Karatasi ya printa imeisha'],
])('status %s reads %j and %j', (name, inEnglish, inSwahili) => {
  expect(english.get(`status.${name}`)).toBe(inEnglish)
  expect(swahili.get(`status.${name}`)).toBe(inSwahili)
})

/** What the list of what goes out is sorted by: four plain words, and no "unsent" that counts what ended with its sale. */
test.each([
  ['waiting', 'Waiting', 'Zinazosubiri'],
  ['failed', 'Failed', 'Zilizoshindwa'],
  ['done', 'Done', 'Zilizokamilika'],
  ['all', 'All', 'Zote'],
])('the outbox sorts by %s in the words %j and %j', (name, inEnglish, inSwahili) => {
  expect(english.get(`outbox.filters.${name}`)).toBe(inEnglish)
  expect(swahili.get(`outbox.filters.${name}`)).toBe(inSwahili)
})
