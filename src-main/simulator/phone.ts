import type { z } from 'zod'
import type {
  phoneItemSchema,
  phonePromptSchema,
  practicePhoneSchema,
} from '../../src-preload/contract/practice.ts'
import type { PromptAnswer } from '../providers/simulation.ts'

type PhoneItem = z.infer<typeof phoneItemSchema>
type PhonePrompt = z.infer<typeof phonePromptSchema>
export type PracticePhone = z.infer<typeof practicePhoneSchema>

/** A prompt that the network still waits for. `onScreen` ends when the customer looks away. */
export interface StandingPrompt {
  readonly shown: PhonePrompt
  readonly answer: (answer: PromptAnswer) => void
  onScreen: boolean
}

/** A made-up handset with its wallet. */
export interface Handset {
  readonly phone: string
  readonly pin: string
  readonly onWhatsApp: boolean
  /** The shop's own, which may scan a WhatsApp code. */
  readonly shop: boolean
  /** Minor units of the country's currency. */
  balanceMinor: number
  readonly items: PhoneItem[]
  prompt: StandingPrompt | null
}

/** The number of the shop's own handset. */
export const shopPhone = '+255700000001'

/** Handsets that are there at the start; the first one is on screen. */
const seeds: readonly string[] = [
  '+254712345678',
  '+254722000111',
  '+255712345678',
  '+255754001001',
  shopPhone,
]

/** Numbers with a peculiarity; they come into being when somebody addresses them. */
const peculiar: ReadonlyMap<string, { readonly onWhatsApp?: false; readonly balanceMinor?: number }> =
  new Map([
    ['+254733000404', { onWhatsApp: false }],
    ['+255733000404', { onWhatsApp: false }],
    ['+254733000001', { balanceMinor: 2_000 }],
    ['+255733000001', { balanceMinor: 2_000 }],
  ])

/** 50,000.00 */
const usualBalanceMinor = 5_000_000
const practicePin = '1234'
/** Older items drop off the screen of a handset. */
const keptItems = 100

export interface Phones {
  /** Created on demand. */
  of(phone: string): Handset
  all(): readonly Handset[]
}

export function createPhones(): Phones {
  const handsets = new Map<string, Handset>()
  const of = (phone: string): Handset => {
    const known = handsets.get(phone)
    if (known !== undefined) return known
    const traits = peculiar.get(phone)
    const made: Handset = {
      phone,
      pin: practicePin,
      onWhatsApp: traits?.onWhatsApp ?? true,
      shop: phone === shopPhone,
      balanceMinor: traits?.balanceMinor ?? usualBalanceMinor,
      items: [],
      prompt: null,
    }
    handsets.set(phone, made)
    return made
  }
  for (const phone of seeds) of(phone)
  return { of, all: () => [...handsets.values()] }
}

export function addItem(handset: Handset, item: PhoneItem): void {
  handset.items.push(item)
  if (handset.items.length > keptItems) handset.items.shift()
}

/** A copy for the screen. */
export function showHandset(handset: Handset): PracticePhone {
  return {
    phone: handset.phone,
    balanceMinor: handset.balanceMinor,
    items: [...handset.items],
    prompt: handset.prompt?.onScreen === true ? handset.prompt.shown : null,
    whatsAppLinked: handset.shop,
  }
}
