import { expect, test } from 'vitest'
import { statuses } from '../components/status.ts'
import { overScreens, screens } from '../screens/index.ts'
import { createWords, type WordFiles, type WordTree } from './words.ts'

/** Every file of words of the page, wherever it lies. */
const files = import.meta.glob<{ readonly default: WordTree }>('../**/words.*.json', { eager: true })

function flatten(words: WordTree, path = ''): [string, string][] {
  return Object.entries(words).flatMap(([name, value]): [string, string][] =>
    typeof value === 'string' ? [[`${path}${name}`, value]] : flatten(value, `${path}${name}.`),
  )
}

const pathsOf = (language: string) => Object.keys(files).filter((path) => path.endsWith(`.${language}.json`))
const textsOf = (path: string) => flatten(files[path]?.default ?? {})
const english = new Map(pathsOf('en').flatMap(textsOf))
const swahili = new Map(pathsOf('sw').flatMap(textsOf))
const marksOf = (text: string) =>
  [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name = '']) => name).toSorted((a, b) => a.localeCompare(b))

test.each(pathsOf('en'))('%s has the same words in both languages', (path) => {
  const names = (of: string) =>
    textsOf(of)
      .map(([name]) => name)
      .toSorted((a, b) => a.localeCompare(b))
  expect(names(path.replace('.en.', '.sw.'))).toEqual(names(path))
})

test('no two parts of the page own one section, so that loading one never hides a word of another', () => {
  const sections = pathsOf('en').flatMap((path) => Object.keys(files[path]?.default ?? {}))
  expect(new Set(sections).size).toBe(sections.length)
  expect(pathsOf('sw')).toHaveLength(pathsOf('en').length)
  expect(english.size).toBeGreaterThan(400)
})

test('what the shell says of a screen is said in both languages', () => {
  const labels = [
    ...screens.flatMap(({ rail, keys = [] }) => [rail?.label, ...keys.map(({ label }) => label)]),
    ...overScreens.map(({ key }) => key.label),
  ]
  for (const label of labels.filter((one) => one !== undefined)) {
    expect(label.en.trim()).not.toBe('')
    expect(label.sw.trim()).not.toBe('')
  }
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
  expect([...english.keys()].flatMap((key) => /^status\.(.+)$/.exec(key)?.[1] ?? []).toSorted()).toEqual(
    Object.keys(statuses).toSorted(),
  )
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

const given = (en: WordTree, sw: WordTree): WordFiles => ({
  en: () => Promise.resolve({ default: en }),
  sw: () => Promise.resolve({ default: sw }),
})

test('a text counts by one and more, fills its marks, and a key without text is shown as it is', async () => {
  const words = createWords('en')
  await words.need(
    given({ bar: { waiting_one: '{{count}} waits', waiting_other: '{{count}} wait for {{who}}' } }, {}),
  )
  const { t } = words.now()
  expect(t('bar.waiting', { count: 1 })).toBe('1 waits')
  expect(t('bar.waiting', { count: 0, who: '$&' })).toBe('0 wait for $&')
  expect(t('bar.waiting', { count: 2, who: null })).toBe('2 wait for ')
  expect(t('bar.none')).toBe('bar.none')
  expect(t('bar')).toBe('bar')
})

test('a change of language waits for the words of every part that was needed, and the last one asked for counts', async () => {
  const words = createWords('en')
  await words.need(given({ a: { x: 'one' } }, { a: { x: 'moja' } }))
  let tell = () => {}
  const slow = new Promise<{ default: WordTree }>((resolve) => {
    tell = () => resolve({ default: { b: { y: 'mbili' } } })
  })
  await words.need({ en: () => Promise.resolve({ default: { b: { y: 'two' } } }), sw: () => slow })
  let told = 0
  words.subscribe(() => {
    told += 1
  })
  const swahiliShown = words.show('sw')
  await Promise.resolve()
  expect(words.now().t('a.x')).toBe('one')
  tell()
  await swahiliShown
  expect([words.now().language, words.now().t('a.x'), words.now().t('b.y')]).toEqual(['sw', 'moja', 'mbili'])
  expect(told).toBe(1)
  await Promise.all([words.show('en'), words.show('sw')])
  expect(words.now().language).toBe('sw')
  expect(told).toBe(1)
})

test('words that could not be fetched are fetched again', async () => {
  const words = createWords('en')
  let tries = 0
  const files = {
    ...given({}, {}),
    en: async () => {
      tries += 1
      if (tries === 1) throw new Error('the door was shut')
      return { default: { c: { z: 'three' } } }
    },
  }
  await expect(words.need(files)).rejects.toThrow('shut')
  await words.need(files)
  expect(words.now().t('c.z')).toBe('three')
})
