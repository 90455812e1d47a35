import type { Currency } from '../../src-preload/contract/money.ts'
import type { Language, Sentence } from '../../src-preload/contract/paging.ts'
import type { Zone } from '../../src-preload/contract/time.ts'
import { useWords } from '../i18n/use-words.ts'
import { formatDays, formatTime } from './clock.ts'
import { formatFigure, formatMoney, formatQuantity } from './money.ts'
import { useShop } from './use-shop.ts'

export interface Wording {
  readonly language: Language
  /** Picks this language's half of a sentence from the contract. */
  readonly say: (sentence: Sentence) => string
  readonly money: (amountMinor: number, currency: Currency) => string
  readonly figure: (amountMinor: number) => string
  readonly quantity: (quantityMilli: number) => string
  /** Epoch ms to the shop's clock, or a date when it was another day. */
  readonly time: (at: number) => string
  /** Epoch ms, the second exclusive, to the shop's days. */
  readonly days: (from: number, to: number) => string
}

/** Everything a screen needs to write figures, times and sentences in the language now shown. */
export function useWording(): Wording {
  const { language } = useWords()
  const { data: shop } = useShop()
  const zone: Zone = shop?.zone ?? 'Africa/Dar_es_Salaam'
  return {
    language,
    say: (sentence) => sentence[language],
    money: (amountMinor, currency) => formatMoney(amountMinor, currency, language),
    figure: (amountMinor) => formatFigure(amountMinor, language),
    quantity: (quantityMilli) => formatQuantity(quantityMilli, language),
    days: (from, to) => formatDays({ from, to }, Date.now(), zone, language),
    time: (at) => formatTime(at, Date.now(), zone, language),
  }
}
