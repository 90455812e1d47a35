import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useState } from 'react'
import type { Channel, Message, MessageForm } from '../../../src-preload/contract/messaging.ts'
import type { Language } from '../../../src-preload/contract/paging.ts'
import type { Capability } from '../../../src-preload/contract/providers.ts'
import type { Sale } from '../../../src-preload/contract/receipts.ts'
import { lineTotalMinor } from '../../components/money.ts'
import { digitsIn } from '../../components/phone.ts'
import { useKaunta } from '../../kaunta.tsx'
import { type LastFinished, lastFinishedKey } from './cash.ts'
import { type Draft, useDraft } from './use-draft.ts'
import { type Cash, type LeaveOpen, useFinish } from './use-finish.ts'
import { type History, useHistory } from './use-history.ts'
import { type Money, useMoney } from './use-money.ts'
import { useTasks } from './use-tasks.ts'

export type Panel = 'none' | 'pay' | 'code' | 'receipt' | 'sendAgain' | 'leaveOpen'

export interface ReceiptChoice {
  readonly channel: Channel
  /** By WhatsApp; an SMS is text. */
  readonly form: MessageForm
  readonly language: Language | null
  /** Words in place of the template's; null for the template. */
  readonly text: string | null
}

/** A PDF goes by WhatsApp only; the choice stays while the channel is another. */
export function isPdf({ channel, form }: ReceiptChoice): boolean {
  return channel === 'whatsapp' && form === 'pdf'
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
  /** Of the items as they are typed, minor units. */
  readonly totalMinor: number
  /** Still to pay, minor units. */
  readonly dueMinor: number
  readonly cash: Cash
  /** The cash for what is due was counted: printing finishes the sale with it. */
  readonly takesCash: boolean
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

interface ReceiptParts extends Pick<Desk, 'draft' | 'history' | 'run' | 'setPanel'> {
  readonly close: (...panels: Panel[]) => void
}

function useReceipt(sale: Sale, parts: ReceiptParts) {
  const { client } = useKaunta()
  const [choice, setChoice] = useState<ReceiptChoice>({
    channel: 'sms',
    form: 'text',
    language: null,
    text: null,
  })
  const hasWhatsApp = useAccounts('whatsapp').length > 0
  const { draft, history, run, setPanel, close } = parts
  const { channel, form, language, text } = choice
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
        as: isPdf(choice) ? 'pdf' : 'text',
        ...(language === null ? {} : { language }),
        ...(text === null ? {} : { text }),
      })
      close('receipt', 'sendAgain')
      const next = channel === 'sms' && hasWhatsApp ? 'whatsapp' : 'sms'
      setChoice({ channel: next, form, language, text: null })
    })
  }
  return { choice, setChoice, sendReceipt }
}

interface PrintParts extends Pick<Desk, 'draft' | 'run' | 'choice' | 'takesCash'> {
  readonly finishPrinted: (language: Language | null) => void
}

/**
 * Prints this sale; on an empty counter the one that just left it, else what was printed last. Where the cash for it was
 * counted the sale is finished first: a receipt of what is paid says so.
 */
function usePrint(sale: Sale, { draft, run, choice, takesCash, finishPrinted }: PrintParts) {
  const { client } = useKaunta()
  const cache = useQueryClient()
  const { language } = choice
  const print = async () => {
    await draft.flush()
    const empty = draft.read().lines.length === 0
    const last = cache.getQueryData<LastFinished | null>(lastFinishedKey)
    const saleId = empty ? last?.saleId : sale.id
    if (saleId === undefined) await client.printing.reprintLast()
    else await client.printing.printReceipt({ saleId, ...(language === null ? {} : { language }) })
  }
  return () => (takesCash ? finishPrinted(language) : run('print', print))
}

/** Everything the counter does with the sale in front of it. */
export function useDesk(sale: Sale): Desk {
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
  const totalMinor =
    sale.state === 'draft'
      ? draft.lines.reduce((sum, line) => sum + lineTotalMinor(line), 0)
      : sale.totalMinor
  const dueMinor = Math.max(0, totalMinor - sale.paidMinor)
  const askManager = () => setPanel('leaveOpen')
  const finishing = useFinish({ sale, draft, history, dueMinor, run, askManager })
  const receipt = useReceipt(sale, { draft, history, run, setPanel, close })
  const takesCash = dueMinor > 0 && finishing.cash.given.kind === 'enough'
  const { finishPrinted, ...finish } = finishing
  const print = usePrint(sale, { draft, run, choice: receipt.choice, takesCash, finishPrinted })
  const desk = { draft, history, totalMinor, dueMinor, panel, busy, setPanel, run, takesCash, print }
  return { ...desk, ...money, ...finish, ...receipt }
}
