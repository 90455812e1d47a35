import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useState } from 'react'
import { useLocation } from 'wouter'
import type { Channel, Message } from '../../../src-preload/contract/messaging.ts'
import type { Language } from '../../../src-preload/contract/paging.ts'
import type { Capability } from '../../../src-preload/contract/providers.ts'
import type { Sale } from '../../../src-preload/contract/receipts.ts'
import { digitsIn } from '../../components/phone.ts'
import { problemOf } from '../../components/problem.ts'
import { useShop } from '../../components/use-shop.ts'
import { useKaunta } from '../../kaunta.tsx'
import { type Draft, useDraft } from './use-draft.ts'
import { type History, useHistory } from './use-history.ts'
import { type Money, useMoney } from './use-money.ts'
import { useTasks } from './use-tasks.ts'

export type Panel = 'none' | 'pay' | 'code' | 'receipt' | 'sendAgain' | 'leaveOpen'

export interface ReceiptChoice {
  readonly channel: Channel
  readonly language: Language | null
  /** Words in place of the template's; null for the template. */
  readonly text: string | null
}

/** Accounts that can do a job and are in use, with their provider's name. */
export function useAccounts(capability: Capability) {
  const { queries } = useKaunta()
  const { data: accounts = [] } = useQuery(queries.accounts.list.queryOptions())
  const { data: providers = [] } = useQuery(queries.providers.list.queryOptions())
  const able = new Set(
    providers.filter((provider) => provider.capabilities.includes(capability)).map(({ id }) => id),
  )
  return accounts.filter((account) => account.enabled && able.has(account.provider))
}

const lastDigits = 9

function isSameNumber(typed: string, phone: string): boolean {
  return digitsIn(typed).slice(-lastDigits) === digitsIn(phone).slice(-lastDigits)
}

/** The receipt that already went, or is going, to this number by this channel. */
export function alreadySent(messages: readonly Message[], channel: Channel, typed: string): Message | null {
  const spent = new Set(['failed', 'cancelled'])
  return (
    messages.find(
      (message) =>
        message.channel === channel && !spent.has(message.state) && isSameNumber(typed, message.to),
    ) ?? null
  )
}

export interface Desk extends Money {
  readonly draft: Draft
  readonly history: History
  readonly panel: Panel
  readonly choice: ReceiptChoice
  readonly busy: ReadonlySet<string>
  readonly setPanel: (panel: Panel) => void
  readonly setChoice: (choice: ReceiptChoice) => void
  readonly run: (name: string, work: () => Promise<void>) => void
  readonly sendReceipt: (evenAgain?: boolean) => void
  readonly print: () => void
  /** Takes the sale off the counter; with a manager's word, also while one of its payments is not known. */
  readonly finish: () => void
  readonly finishOpen: (word: LeaveOpen) => Promise<void>
}

export interface LeaveOpen {
  readonly note: string
  readonly managerPin: string | null
}

interface ReceiptParts extends Pick<Desk, 'draft' | 'history' | 'run' | 'setPanel'> {
  readonly close: (...panels: Panel[]) => void
}

function useReceipt(sale: Sale, parts: ReceiptParts) {
  const { client } = useKaunta()
  const [choice, setChoice] = useState<ReceiptChoice>({ channel: 'sms', language: null, text: null })
  const hasWhatsApp = useAccounts('whatsapp').length > 0
  const { draft, history, run, setPanel, close } = parts
  const { channel, language, text } = choice
  const sendReceipt = (evenAgain = false) => {
    run(`receipt ${channel}`, async () => {
      await draft.flush()
      const { phone } = draft.read()
      if (!evenAgain && alreadySent(history.messages, channel, phone) !== null) {
        setPanel('sendAgain')
        return
      }
      await client.messages.sendReceipt({
        saleId: sale.id,
        channel,
        to: phone,
        ...(language === null ? {} : { language }),
        ...(text === null ? {} : { text }),
      })
      close('receipt', 'sendAgain')
      setChoice({ channel: channel === 'sms' && hasWhatsApp ? 'whatsapp' : 'sms', language, text: null })
    })
  }
  return { choice, setChoice, sendReceipt }
}

/** Everything the counter does with the sale in front of it. */
export function useDesk(sale: Sale): Desk {
  const { client, queries } = useKaunta()
  const cache = useQueryClient()
  const [location, navigate] = useLocation()
  const { data: shop } = useShop()
  const draft = useDraft(sale)
  const history = useHistory(sale)
  const [panel, setPanel] = useState<Panel>('none')
  /** A task that ends closes the panel it came from, never one that the next key opened meanwhile. */
  const close = (...panels: Panel[]) => setPanel((now) => (panels.includes(now) ? 'none' : now))
  const { refuse, clear } = history
  const { run: runTask, busy } = useTasks(refuse)
  const run = useCallback(
    (name: string, work: () => Promise<void>) => {
      clear()
      runTask(name, work)
    },
    [clear, runTask],
  )
  const money = useMoney({ sale, draft, history, run, close })
  const print = () =>
    run('print', async () => {
      await draft.flush()
      if (draft.lines.length === 0) await client.printing.reprintLast()
      else
        await client.printing.printReceipt({ saleId: sale.id, ...(shop ? { language: shop.language } : {}) })
    })
  const finishWith = async (leaveOpen: { note: string; managerPin?: string } | null) => {
    await draft.flush()
    const word = leaveOpen === null ? {} : { leaveOpen }
    const { next } = await client.sales.finish({ id: sale.id, ...word })
    cache.setQueryData(queries.sales.current.queryKey(), next)
    if (location !== '/') navigate('/')
  }
  const finish = () =>
    run('finish', async () => {
      try {
        await finishWith(null)
      } catch (error) {
        // Whether money came is not known: only a manager may let the customer go.
        const unknown = history.payments.some(({ state }) => state === 'unknown')
        if (!unknown || problemOf(error).code !== 'PROMPT_ALIVE') throw error
        setPanel('leaveOpen')
      }
    })
  const finishOpen = ({ note, managerPin }: LeaveOpen) =>
    finishWith(managerPin === null ? { note } : { note, managerPin })
  const receipt = useReceipt(sale, { draft, history, run, setPanel, close })
  return { draft, history, panel, busy, setPanel, run, ...money, print, finish, finishOpen, ...receipt }
}
