import { expect, test } from 'vitest'
import { attentionKey, outcomeLetters, type Selection } from './attention-rows.ts'

const rows = [{ kind: 'unknown' }, { kind: 'transfer' }, { kind: 'overpaid' }, { kind: 'notice' }] as const
const first: Selection = { row: 0, outcome: null }

function struck(...keys: string[]): Selection {
  return keys.reduce<Selection>((selection, key) => attentionKey(key, selection, rows) ?? selection, first)
}

test('a figure or an arrow chooses the row, a letter the outcome: two keys before the note and Enter', () => {
  expect(struck('2', 'd')).toEqual({ row: 1, outcome: 'done' })
  expect(struck('ArrowDown', 'U')).toEqual({ row: 1, outcome: 'notDone' })
  expect(struck('j', 'j', 's')).toEqual({ row: 2, outcome: 'settled' })
  expect(struck('4', 'm')).toEqual({ row: 3, outcome: 'match' })
  expect(struck('p')).toEqual({ row: 0, outcome: 'paid' })
})

test('another row forgets the outcome, another letter changes it', () => {
  expect(struck('p', 'ArrowDown')).toEqual({ row: 1, outcome: null })
  expect(struck('p', 'n')).toEqual({ row: 0, outcome: 'notPaid' })
})

test('the list has ends', () => {
  expect(struck('k', 'ArrowUp')).toEqual(first)
  expect(struck('9')).toEqual(first)
  expect(struck('4', 'ArrowDown').row).toBe(3)
})

test('a letter that the row does not offer means nothing, nor does any key on an empty list', () => {
  expect(attentionKey('d', first, rows)).toBeNull()
  expect(attentionKey('Enter', first, rows)).toBeNull()
  for (const key of ['1', 'ArrowDown', 'p', 'm']) expect(attentionKey(key, first, [])).toBeNull()
})

test('no letter is one that moves between rows', () => {
  expect(Object.keys(outcomeLetters).filter((letter) => letter === 'J' || letter === 'K')).toEqual([])
})
