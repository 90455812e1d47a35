import { MantineProvider } from '@mantine/core'
import { createORPCClient } from '@orpc/client'
import type { QueryClient } from '@tanstack/react-query'
import { render } from '@testing-library/react'
import type { ReactNode } from 'react'
import type { Status } from '../src-preload/contract/live.ts'
import type { Language } from '../src-preload/contract/paging.ts'
import type { MoneyNetwork, Payment } from '../src-preload/contract/payments.ts'
import type { Sale } from '../src-preload/contract/receipts.ts'
import type { Shop } from '../src-preload/contract/settings.ts'
import type { Desk } from '../src-preload/contract/staff.ts'
import { loadSentences } from './components/catalogue.ts'
import { FactsProvider } from './components/facts.tsx'
import { KeyBoardProvider } from './components/keys.tsx'
import type { Connection, KauntaClient } from './connection.ts'
import { askFirst } from './first-questions.ts'
import { firstWords } from './i18n/first.ts'
import { WordsProvider } from './i18n/use-words.ts'
import { createWords, type Words } from './i18n/words.ts'
import { createQueryClient, KauntaProvider, takeAnswers } from './kaunta.tsx'
import { askedPayment as kenyanPayment } from './payment-under-test.ts'
import { meanings, overScreens, screens, sideScreens } from './screens/index.ts'

/** What main answers, by the procedure's name in the contract; it may throw. */
export type Answers = Readonly<Record<string, (input: unknown) => unknown>>

export const shop: Shop = {
  name: 'Duka la Neema',
  address: '',
  phone: '',
  taxNumber: '',
  taxRateBp: 1800,
  footer: '',
  country: 'TZ',
  currency: 'TZS',
  zone: 'Africa/Dar_es_Salaam',
  publicAddress: '',
  till: '1',
  lockAfterMinutes: 0,
  cashierDiscountBp: 2_000,
  language: 'en',
  theme: 'light',
}

/** Without the figures of capabilities that are not yet made. */
export const status = {
  mode: 'live',
  version: '1.2.3',
  dataFolder: '/home/neema/Kaunta/live',
  online: true,
  keychain: 'system',
  keychainDetail: null,
  recovered: null,
  outbox: { queued: 0, sending: 0, unknown: 0, needDecision: 0, failed: 0 },
  stops: [],
  money: { unknown: 0, transfers: 0, overpaid: 0, notices: 0 },
  warnings: [],
} satisfies Partial<Status>

export const managersDesk: Desk = {
  staff: { id: 'neema', name: 'Neema', role: 'manager' },
  pinMissing: false,
  lockedForMs: 0,
  pinDigits: 4,
  changesNeedPin: true,
  wrongTries: 0,
  practicePins: [],
}

/** An account that can do everything. */
export const moneyNetwork: MoneyNetwork = {
  accountId: 'a1',
  provider: 'mpesa-tz',
  label: 'M-Pesa',
  networks: ['vodacom'],
  countries: ['TZ'],
  currencies: ['TZS'],
  minMinor: 100,
  maxMinor: 500_000_000,
  wholeUnits: true,
  canAsk: true,
  canProveCode: true,
  reverse: null,
  payOut: { minMinor: 100_000, maxMinor: 500_000_000 },
  balance: true,
  customerPayments: false,
  registerNotices: false,
  statement: false,
}

/** A request that is on the customer's phone. */
export const askedPayment: Payment = {
  ...kenyanPayment,
  provider: 'mpesa-tz',
  phone: '+255712345678',
  amountMinor: 640_000,
  currency: 'TZS',
  createdAt: 1_760_000_000_000,
  promptedAt: 1_760_000_000_000,
  updatedAt: 1_760_000_000_000,
}

/** A sale of two bags of sugar that waits for its money. */
export const recordedSale: Sale = {
  id: 's1',
  number: 1,
  posNumber: null,
  tillId: '1',
  state: 'recorded',
  source: 'counter',
  customer: { phone: null, name: null },
  currency: 'TZS',
  lines: [
    { name: 'Sukari', quantityMilli: 2000, unitPriceMinor: 320_000, discountMinor: 0, taxRateBp: 1800 },
  ],
  totalMinor: 640_000,
  tenders: [],
  paidMinor: 0,
  owed: null,
  fiscal: null,
  staffName: null,
  recordedAt: 1_760_000_000_000,
  soldAt: null,
  createdAt: 1_760_000_000_000,
  updatedAt: 1_760_000_000_000,
}

/** Main as it answers a page in which nothing else is said. */
const usual: Answers = {
  'settings.get': () => shop,
  'live.status': () => status,
  'live.watch': () => new Promise(() => {}),
  'staff.desk': () => managersDesk,
  'accounts.list': () => [],
  'providers.list': () => [],
  'payments.networks': () => [],
  'balances.list': () => [],
}

function connectionOf(answers: Answers): Connection {
  const client: KauntaClient = createORPCClient({
    async call(path: readonly string[], input: unknown) {
      const name = path.join('.')
      const answer = answers[name] ?? usual[name]
      if (answer === undefined) throw new Error(`this test’s main does not know ${name}`)
      return answer(input)
    },
  })
  return { client, state: () => 'open', subscribe: () => () => {}, close: () => {} }
}

/** The words of every screen, as if each had been opened. */
async function wordsUnderTest(language: Language): Promise<Words> {
  const words = createWords(language)
  const parts = [...screens, ...overScreens, ...Object.values(sideScreens)]
  const files = parts.flatMap((part) => ('words' in part ? part.words : []))
  await Promise.all([firstWords, ...files].map(words.need))
  return words
}

/** Around a part that is drawn alone: each text reads as its key. */
export function wordless({ children }: { readonly children: ReactNode }) {
  return <WordsProvider value={noWords}>{children}</WordsProvider>
}
const noWords = createWords('en')

interface Opening {
  /** As the page itself is opened: its first questions were asked and answered before it was drawn. */
  readonly askedFirst?: boolean
}

/** Draws a part of the page with its words, its keys and a main that answers as the test says. */
export async function openPage(
  part: ReactNode,
  answers: Answers = {},
  language: Language = 'en',
  { askedFirst = false }: Opening = {},
) {
  const words = await wordsUnderTest(language)
  await loadSentences()
  const cache: QueryClient = createQueryClient()
  const connection = connectionOf(answers)
  if (askedFirst) await takeAnswers(connection, cache, askFirst(connection.client))
  return render(
    <WordsProvider value={words}>
      <KauntaProvider connection={connection} queryClient={cache} meanings={meanings}>
        <MantineProvider env="test">
          <FactsProvider>
            <KeyBoardProvider>{part}</KeyBoardProvider>
          </FactsProvider>
        </MantineProvider>
      </KauntaProvider>
    </WordsProvider>,
  )
}
