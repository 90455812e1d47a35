import type { Faults } from '../../src-preload/contract/practice.ts'
import type { HttpClient } from '../http/client.ts'
import type { Clock, Randomness, Stop } from '../ports.ts'
import type { PromptAnswer, World } from '../providers/simulation.ts'
import { type Callbacks, createCallbacks } from './callbacks.ts'
import { createLedger, type Ledger } from './ledger.ts'
import { addItem, createPhones, type Handset, type Phones, shopPhone } from './phone.ts'

/** How simulated customers answer by themselves: pay at once, leave it to a person, or as the function says. */
export type AutoAnswer = 'pay' | 'none' | ((phone: string) => PromptAnswer)

export interface WorldDeps {
  readonly clock: Clock
  readonly random: Randomness
  readonly http: HttpClient
  readonly timeScale: number
  readonly autoAnswer: AutoAnswer
  /** Milliseconds that a prompt stands, in place of the network's own time. */
  readonly promptWaitMs: number | null
  readonly publicAddresses: Readonly<Record<string, string>>
  readonly faults: () => Faults
  readonly reportUrl: (provider: string) => string | null
}

/** The simulated world together with what its owner may do to it. */
export interface OwnedWorld {
  readonly world: World
  readonly phones: Phones
  readonly ledger: Ledger
  readonly callbacks: Callbacks
  readonly shown: () => string
  readonly show: (phone: string) => void
  readonly canScan: () => boolean
  /** The shop's handset scans what is on offer; false when nothing is. */
  readonly scan: () => boolean
  readonly answer: (phone: string, promptId: string, answer: PromptAnswer) => boolean
  readonly setBalance: (phone: string, balanceMinor: number) => void
  readonly subscribe: (fn: () => void) => Stop
  readonly changed: () => void
  readonly close: () => void
}

const tokenLetters = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'
const autoAnswerMs = 400

export function createWorld(deps: WorldDeps): OwnedWorld {
  const { clock, random, timeScale } = deps
  const ledger = createLedger()
  const timers = createTimers(clock)
  const listeners = new Set<() => void>()
  const changed = () => {
    for (const listener of listeners) listener()
  }
  const screen = createScreen(deps, changed)
  const scans = createScans(changed)
  const prompts = createPrompts(deps, timers.after, screen.attract)
  const callbacks = createCallbacks(
    {
      http: deps.http,
      timeScale,
      after: timers.after,
      fault: () => deps.faults().callback,
      line: () => deps.faults().line,
    },
    deps.publicAddresses,
  )
  const { phones } = screen

  const world: World = {
    timeScale,
    now: () => clock.now(),
    after: timers.after,
    token: (length) => tokenOf(random, length),
    deliver: screen.deliver,
    prompt: (phone, prompt) => prompts.raise(phones.of(phone), prompt),
    hasPrompt: (phone) => phones.of(phone).prompt !== null,
    pinIs: (phone, pin) => phones.of(phone).pin === pin,
    debit: screen.debit,
    credit: screen.credit,
    onWhatsApp: (phone) => phones.of(phone).onWhatsApp,
    record: (entry) => ledger.add({ ...entry, at: clock.now() }),
    callBack: callbacks.callBack,
    reportUrl: deps.reportUrl,
    offerScan: scans.offer,
    providerFault: (provider) => deps.faults().providers[provider] ?? 'none',
    callbackFault: () => deps.faults().callback,
  }

  return {
    world,
    phones,
    ledger,
    callbacks,
    shown: screen.shown,
    show: screen.show,
    canScan: scans.any,
    scan: scans.scan,
    answer: (phone, promptId, answer) => prompts.answer(phones.of(phone), promptId, answer),
    setBalance: screen.setBalance,
    subscribe(fn) {
      listeners.add(fn)
      return () => listeners.delete(fn)
    },
    changed,
    close: timers.close,
  }
}

/** The handsets, and which of them is in front. */
function createScreen({ clock, random }: Pick<WorldDeps, 'clock' | 'random'>, changed: () => void) {
  const phones = createPhones()
  let shown = phones.all()[0]?.phone ?? shopPhone

  /** The screen turns to the handset where something happens, unless a prompt waits on the one it shows. */
  const attract = (handset: Handset) => {
    if (phones.of(shown).prompt?.onScreen !== true) shown = handset.phone
    changed()
  }
  return {
    phones,
    attract,
    shown: () => shown,
    show: (phone: string) => {
      shown = phones.of(phone).phone
      changed()
    },
    deliver: (phone: string, app: 'sms' | 'whatsapp' | 'wallet', from: string, text: string) => {
      const handset = phones.of(phone)
      addItem(handset, { id: random.id(), at: clock.now(), app, from, text })
      attract(handset)
    },
    debit: (phone: string, amountMinor: number): boolean => {
      const handset = phones.of(phone)
      if (handset.balanceMinor < amountMinor) return false
      handset.balanceMinor -= amountMinor
      changed()
      return true
    },
    credit: (phone: string, amountMinor: number) => {
      phones.of(phone).balanceMinor += amountMinor
      changed()
    },
    setBalance: (phone: string, balanceMinor: number) => {
      phones.of(phone).balanceMinor = balanceMinor
      changed()
    },
  }
}

/** WhatsApp codes on offer; the newest is the one on screen. */
function createScans(changed: () => void) {
  const offers = new Set<(phone: string) => void>()
  return {
    any: () => offers.size > 0,
    offer: (scanned: (phone: string) => void): Stop => {
      offers.add(scanned)
      changed()
      return () => {
        if (offers.delete(scanned)) changed()
      }
    },
    scan: (): boolean => {
      const newest = [...offers].at(-1)
      if (newest === undefined) return false
      offers.delete(newest)
      newest(shopPhone)
      changed()
      return true
    },
  }
}

/** Timers that end with the world. */
function createTimers(clock: Clock) {
  const running = new Set<Stop>()
  let closed = false
  return {
    after: (ms: number, run: () => void): Stop => {
      if (closed) return () => undefined
      const stop = clock.after(ms, () => {
        running.delete(stop)
        run()
      })
      running.add(stop)
      return () => {
        running.delete(stop)
        stop()
      }
    },
    close: () => {
      closed = true
      for (const stop of running) stop()
      running.clear()
    },
  }
}

function createPrompts(
  deps: Pick<WorldDeps, 'clock' | 'random' | 'timeScale' | 'autoAnswer' | 'promptWaitMs'>,
  after: World['after'],
  changed: (handset: Handset) => void,
) {
  const automatic = (phone: string): PromptAnswer | null => {
    if (deps.autoAnswer === 'none') return null
    return deps.autoAnswer === 'pay' ? { kind: 'pin', pin: '1234' } : deps.autoAnswer(phone)
  }
  const answer = (handset: Handset, promptId: string, given: PromptAnswer): boolean => {
    const standing = handset.prompt
    if (standing === null || standing.shown.id !== promptId || !standing.onScreen) return false
    if (given.kind === 'ignore') {
      // The customer looks away; the network waits out its own time.
      standing.onScreen = false
      changed(handset)
    } else {
      standing.answer(given)
    }
    return true
  }
  return {
    answer,
    raise(handset: Handset, prompt: Parameters<World['prompt']>[1]): Promise<PromptAnswer> {
      const { waitMs, ...visible } = prompt
      const shown = { ...visible, id: deps.random.id(), at: deps.clock.now() }
      return new Promise((resolve) => {
        const end = (given: PromptAnswer) => {
          stop()
          handset.prompt = null
          changed(handset)
          resolve(given)
        }
        const stop = after(deps.promptWaitMs ?? waitMs / deps.timeScale, () => end({ kind: 'ignore' }))
        handset.prompt = { shown, answer: end, onScreen: true }
        changed(handset)
        after(autoAnswerMs / deps.timeScale, () => {
          const given = automatic(handset.phone)
          if (given !== null) answer(handset, shown.id, given)
        })
      })
    },
  }
}

function tokenOf(random: Randomness, length: number): string {
  const bytes = Buffer.from(random.secret(length), 'base64url')
  return [...bytes].map((byte) => tokenLetters[byte % tokenLetters.length]).join('')
}
