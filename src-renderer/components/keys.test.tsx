import { fireEvent, render } from '@testing-library/react'
import { expect, test } from 'vitest'
import { createKeyBoard, KeyBoardProvider, keyJobs, keyNameOf, typesSlash, useKeys } from './keys.tsx'

const plain = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false }

test.each([
  [{ ...plain, key: 'F2' }, 'F2'],
  [{ ...plain, key: 'F5' }, null],
  [{ ...plain, key: 'F7' }, 'F7'],
  [{ ...plain, key: 'F10' }, 'F10'],
  [{ ...plain, key: 'Escape' }, 'Esc'],
  [{ ...plain, key: 'Enter' }, null],
  [{ ...plain, key: 'Enter', ctrlKey: true }, 'Ctrl+Enter'],
  [{ ...plain, key: 'Enter', metaKey: true }, 'Ctrl+Enter'],
  [{ ...plain, key: 'F4', altKey: true }, null],
  [{ ...plain, key: 'F2', ctrlKey: true }, null],
  [{ ...plain, key: 'π', code: 'KeyP', altKey: true }, 'Alt+P'],
  [{ ...plain, key: 'm', altKey: true }, 'Alt+M'],
  [{ ...plain, key: 'ç', code: 'KeyC', altKey: true }, 'Alt+C'],
  [{ ...plain, key: 'p', code: 'KeyR', altKey: true }, 'Alt+R'],
  [{ ...plain, key: 'd', altKey: true }, null],
  [{ ...plain, key: '/', shiftKey: true }, '/'],
] as const)('%o is %s', (event, name) => {
  expect(keyNameOf(event)).toBe(name)
})

test('every key stands under one job in the list of keys, but for those that are promised to other screens', () => {
  const listed = Object.values(keyJobs).flat()
  expect(new Set(listed).size).toBe(listed.length)
  const functionKeys = ['F1', 'F2', 'F3', 'F4', 'F6', 'F7', 'F8', 'F9', 'F10', 'Escape', '/']
  const letters = Array.from('abcdefghijklmnopqrstuvwxyz', (key) => ({ ...plain, key, altKey: true }))
  const events = [
    ...functionKeys.map((key) => ({ ...plain, key })),
    ...letters,
    { ...plain, key: 'Enter', ctrlKey: true },
  ]
  const known = events.flatMap((event) => keyNameOf(event) ?? [])
  const promised = ['Alt+I', 'Alt+N', 'Alt+R', 'Alt+T']
  expect(known.toSorted()).toEqual([...listed, ...promised].toSorted())
})

test('a "/" types in a started text and searches from an empty field or the number', () => {
  const item = document.createElement('input')
  expect(typesSlash(item)).toBe(false)
  item.value = 'Maziwa 1'
  expect(typesSlash(item)).toBe(true)
  item.type = 'tel'
  expect(typesSlash(item)).toBe(false)
  expect(typesSlash(document.createElement('textarea'))).toBe(true)
  expect(typesSlash(document.body)).toBe(false)
})

test('a panel’s key goes before that of the screen under it, and gives way when it closes', () => {
  const board = createKeyBoard()
  const struck: string[] = []
  board.add([{ key: 'Esc', label: 'screen', run: () => struck.push('screen') }])
  const close = board.add([{ key: 'Esc', label: 'panel', run: () => struck.push('panel') }])
  board.find('Esc')?.run()
  close()
  board.find('Esc')?.run()
  expect(struck).toEqual(['panel', 'screen'])
})

function Bound({ onKey }: { readonly onKey: (key: string) => void }) {
  useKeys([
    { key: 'F2', label: 'receipt', run: () => onKey('F2') },
    { key: 'F4', label: 'pay', run: () => onKey('F4') },
  ])
  return <input aria-label="number" />
}

test('function keys act from inside a field, once per press, and never reach the browser', () => {
  const struck: string[] = []
  const { getByLabelText } = render(
    <KeyBoardProvider>
      <Bound onKey={(key) => struck.push(key)} />
    </KeyBoardProvider>,
  )
  const field = getByLabelText('number')
  const letThrough = (key: string, more = {}) => fireEvent.keyDown(field, { key, ...more })
  expect(letThrough('F2')).toBe(false)
  expect(letThrough('F2', { repeat: true })).toBe(false)
  expect(letThrough('F4')).toBe(false)
  expect(letThrough('F3')).toBe(false)
  expect(letThrough('F7')).toBe(false)
  expect(letThrough('a')).toBe(true)
  expect(struck).toEqual(['F2', 'F4'])
})
