import {
  createContext,
  type ReactNode,
  use,
  useEffect,
  useEffectEvent,
  useMemo,
  useSyncExternalStore,
} from 'react'
import { giveKeysToFirst } from './modal.ts'

/** I, N, R and T are promised to other screens; D, E and F open the browser's own menus. */
const altLetters = ['A', 'B', 'C', 'I', 'K', 'L', 'M', 'N', 'O', 'P', 'R', 'S', 'T', 'U', 'Z'] as const
type AltLetter = (typeof altLetters)[number]

/** The keys Kaunta takes for itself, as people call them. */
export type KeyName =
  | 'F1'
  | 'F2'
  | 'F3'
  | 'F4'
  | 'F6'
  | 'F7'
  | 'F8'
  | 'F9'
  | 'F10'
  | '/'
  | 'Esc'
  | 'Ctrl+Enter'
  | `Alt+${AltLetter}`

/** Also where a screen has no use for them: the browser's own meaning (caret browsing, menu) would take the focus away. */
const takenFromBrowser = new Set(['F1', 'F2', 'F3', 'F4', 'F6', 'F7', 'F8', 'F9', 'F10'])

/**
 * What a person wants, in the order of a sale; under each, keys in the order in which they are struck. A screen's own key
 * that is not named here comes after those of its job.
 */
export const keyJobs = {
  sale: ['Alt+L', 'Alt+S', 'Alt+O', 'Alt+C', 'Alt+B', 'Ctrl+Enter'],
  receipt: ['F2', 'F8', 'F9', 'Alt+A'],
  money: ['F4', 'F6', 'F7', 'Alt+M', 'Alt+K'],
  program: ['/', 'F3', 'F10', 'Alt+U', 'Alt+P', 'Alt+Z', 'F1', 'Esc'],
} as const satisfies Readonly<Record<string, readonly KeyName[]>>

export type KeyJob = keyof typeof keyJobs

export interface KeyBinding {
  readonly key: KeyName
  /** What it does, for the list under F1. */
  readonly label: string
  /** Where it stands in that list, unless `keyJobs` says so. */
  readonly job?: KeyJob | undefined
  readonly run: () => void
}

interface KeyEvent {
  readonly key: string
  readonly code?: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  readonly shiftKey: boolean
}

const plainKeys: Readonly<Record<string, KeyName>> = {
  F1: 'F1',
  F2: 'F2',
  F3: 'F3',
  F4: 'F4',
  F6: 'F6',
  F7: 'F7',
  F8: 'F8',
  F9: 'F9',
  F10: 'F10',
  Escape: 'Esc',
  '/': '/',
}

/** Names the key of an event, or null when Kaunta has no use for it. */
export function keyNameOf(event: KeyEvent): KeyName | null {
  if (event.ctrlKey || event.metaKey) return event.key === 'Enter' && !event.altKey ? 'Ctrl+Enter' : null
  // With Alt some keyboards type another letter, so that the place of the key decides.
  if (event.altKey) {
    const letter = altLetters.find((one) => one === letterOf(event))
    return letter === undefined ? null : `Alt+${letter}`
  }
  // "/" stands above another key on many keyboards, with Shift.
  if (event.shiftKey && event.key !== '/') return null
  return plainKeys[event.key] ?? null
}

function letterOf({ code, key }: KeyEvent): string {
  return (code?.startsWith('Key') === true ? code.slice('Key'.length) : key).toUpperCase()
}

/** A letter or figure, which with the focus nowhere belongs to the screen's first field. */
function isTyped({ key, ctrlKey, metaKey, altKey }: KeyEvent): boolean {
  return key.length === 1 && key !== '/' && key !== ' ' && !ctrlKey && !metaKey && !altKey
}

/** A "/" belongs to the text being typed; in an empty field, and in the number field, it can only mean search. */
export function typesSlash(target: EventTarget | null): boolean {
  if (target instanceof HTMLTextAreaElement) return true
  if (target instanceof HTMLSelectElement) return false
  if (!(target instanceof HTMLInputElement)) return false
  return target.type !== 'tel' && target.value !== ''
}

interface KeyBoard {
  readonly add: (bindings: readonly KeyBinding[]) => () => void
  readonly all: () => readonly KeyBinding[]
  readonly subscribe: (listener: () => void) => () => void
}

/** Bindings of what is on screen; the one added last wins, so that a panel goes before the screen under it. */
export function createKeyBoard(): KeyBoard & { readonly find: (key: KeyName) => KeyBinding | undefined } {
  let layers: readonly (readonly KeyBinding[])[] = []
  let flat: readonly KeyBinding[] = []
  const listeners = new Set<() => void>()
  const set = (next: typeof layers) => {
    layers = next
    const byKey = new Map<KeyName, KeyBinding>()
    for (const layer of layers) for (const binding of layer) byKey.set(binding.key, binding)
    flat = [...byKey.values()]
    for (const listener of listeners) listener()
  }
  return {
    add(bindings) {
      set([...layers, bindings])
      return () => set(layers.filter((layer) => layer !== bindings))
    },
    all: () => flat,
    find: (key) => flat.find((binding) => binding.key === key),
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

const KeyBoardContext = createContext<KeyBoard | null>(null)

/** Listens for Kaunta's keys on the whole page. */
export function KeyBoardProvider({ children }: { readonly children: ReactNode }) {
  const board = useMemo(() => createKeyBoard(), [])
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (takenFromBrowser.has(event.key)) event.preventDefault()
      // A modal dialog has the keyboard to itself; its Esc is the browser's.
      if (document.querySelector('dialog[open]') !== null) return
      if (event.defaultPrevented && !takenFromBrowser.has(event.key)) return
      if (isTyped(event) && event.target === document.body) giveKeysToFirst()
      const key = keyNameOf(event)
      if (key === null || (key === '/' && typesSlash(event.target))) return
      const binding = board.find(key)
      if (binding === undefined) return
      event.preventDefault()
      if (!event.repeat) binding.run()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [board])
  return <KeyBoardContext value={board}>{children}</KeyBoardContext>
}

function useKeyBoard(): KeyBoard {
  const board = use(KeyBoardContext)
  if (board === null) throw new Error('useKeys needs a KeyBoardProvider above it')
  return board
}

/** Binds keys while the calling component is shown. Labels and actions may change at each render. */
export function useKeys(bindings: readonly KeyBinding[]): void {
  const board = useKeyBoard()
  const shape = bindings.map((binding) => `${binding.key} ${binding.label}`).join('\n')
  const run = useEffectEvent((key: KeyName) => bindings.find((binding) => binding.key === key)?.run())
  const describe = useEffectEvent(() =>
    bindings.map(({ key, label, job }) => ({ key, label, job, run: () => run(key) })),
  )
  useEffect(() => {
    // `shape` is what the F1 list shows; the actions are looked up when the key is struck.
    if (shape === '') return undefined
    return board.add(describe())
  }, [board, shape])
}

/** Every key that means something now, for the list under F1. */
export function useKeyList(): readonly KeyBinding[] {
  const board = useKeyBoard()
  return useSyncExternalStore(board.subscribe, board.all)
}
