import { skipToken, useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useState } from 'react'
import { type Channel, channelNames } from '../../../src-preload/contract/channels.ts'
import type { Message, MessageForm } from '../../../src-preload/contract/messaging.ts'
import type { Language } from '../../../src-preload/contract/paging.ts'
import type { Sale } from '../../../src-preload/contract/receipts.ts'
import { channelViews, firstChannel } from '../../components/channels.ts'
import { lineTotalMinor } from '../../components/money.ts'
import { useAccountsBy } from '../../components/use-accounts.ts'
import { useKaunta } from '../../kaunta.tsx'
import { alreadySent, proposeChannel } from './receipt-channel.ts'
import { paidByPhoneAt } from './sale-state.ts'
import { type Draft, useDraft } from './use-draft.ts'
import { type Cash, type LeaveOpen, useFinish } from './use-finish.ts'
import { type History, useHistory } from './use-history.ts'
import { type LastSale, useLastSale } from './use-last-sale.ts'
import { type Money, useMoney } from './use-money.ts'
import { useTasks } from './use-tasks.ts'

export type Panel = 'none' | 'pay' | 'code' | 'receipt' | 'sendAgain' | 'leaveOpen' | 'waiting'

export interface ReceiptChoice {
  readonly channel: Channel
  /** By WhatsApp; an SMS is text. */
  readonly form: MessageForm
  readonly language: Language | null
  /** Words in place of the template's; null for the template. */
  readonly text: string | null
}

/** The same, with null for the channel that the sale itself suggests. */
export interface ReceiptRequest extends Omit<ReceiptChoice, 'channel'> {
  readonly channel: Channel | null
}

/** A PDF goes only where files go; the choice stays while the channel is another. */
export function isPdf({ channel, form }: ReceiptChoice): boolean {
  return channelViews[channel].bearsFiles && form === 'pdf'
}

/** The channels by which this shop can send. */
function useOfferedChannels(): readonly Channel[] {
  const accountsBy = useAccountsBy()
  return channelNames.filter((channel) => channel === firstChannel || accountsBy(channel).length > 0)
}

export interface SaleWorkspace extends Money {
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
  /** This receipt as it went out already, to this number by this channel; null when it did not. */
  readonly sent: Message | null
  /** What F2 sends is the paid receipt, after the unpaid one. */
  readonly paidOne: boolean
  readonly busy: ReadonlySet<string>
  readonly setPanel: (panel: Panel) => void
  readonly setChoice: (choice: ReceiptRequest) => void
  readonly run: (name: string, work: () => Promise<void>) => void
  readonly sendReceipt: (evenAgain?: boolean) => void
  readonly print: () => void
  /** The sale that left the counter last. */
  readonly last: LastSale | null
  /** Takes the sale off the counter; with a manager's word, also while one of its payments is not known. */
  readonly finish: () => void
  readonly finishOpen: (word: LeaveOpen) => Promise<void>
}

interface ReceiptParts extends Pick<SaleWorkspace, 'draft' | 'history' | 'run' | 'setPanel' | 'dueMinor'> {
  readonly close: (...panels: Panel[]) => void
}

const asUsual: ReceiptRequest = { channel: null, form: 'text', language: null, text: null }

/** What somebody chose for this sale's receipt: it stays chosen, also while another screen is looked at. */
function useReceiptRequest(saleId: string) {
  const cache = useQueryClient()
  const queryKey = ['receiptWish', saleId]
  const { data } = useQuery<ReceiptRequest>({
    queryKey,
    queryFn: skipToken,
    gcTime: Number.POSITIVE_INFINITY,
  })
  return [data ?? asUsual, (request: ReceiptRequest) => cache.setQueryData(queryKey, request)] as const
}

function useReceipt(sale: Sale, parts: ReceiptParts) {
  const { client } = useKaunta()
  const [request, setChoice] = useReceiptRequest(sale.id)
  const offered = useOfferedChannels()
  const { draft, history, run, setPanel, close, dueMinor } = parts
  const { messages, payments } = history
  const paidAt = sale.paidMinor > 0 && dueMinor === 0 ? paidByPhoneAt(payments) : null
  const proposed = proposeChannel(messages, { typed: draft.phone, paidAt, offered })
  const { channel, form, language, text } = { ...request, channel: request.channel ?? proposed }
  const choice: ReceiptChoice = { channel, form, language, text }
  const sent = alreadySent(messages, channel, draft.phone, paidAt)
  /** The unpaid receipt is out, and the money has come since: the paid one is what the customer wants. */
  const paidOne =
    paidAt !== null && sent === null && alreadySent(messages, channel, draft.phone, null) !== null
  const sendReceipt = (evenAgain = false) => {
    run(`receipt ${channel}`, async () => {
      await draft.flush()
      const { phone } = draft.read()
      if (!evenAgain && alreadySent(messages, channel, phone, paidAt) !== null) {
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
      if (text !== null) setChoice({ ...request, text: null })
    })
  }
  return { choice, setChoice, sendReceipt, sent, paidOne }
}

interface PrintParts extends Pick<SaleWorkspace, 'draft' | 'run' | 'choice' | 'takesCash'> {
  readonly finishPrinted: (language: Language | null) => void
  readonly last: LastSale | null
}

/**
 * Prints this sale; on an empty counter the one that its trace names. Where the cash for it was counted the sale is
 * finished first: a receipt of what is paid says so.
 */
function usePrint(sale: Sale, { draft, run, choice, takesCash, finishPrinted, last }: PrintParts) {
  const { client } = useKaunta()
  const { language } = choice
  const print = async () => {
    await draft.flush()
    const empty = draft.read().lines.length === 0
    const saleId = empty ? last?.sale.id : sale.id
    if (saleId === undefined) await client.printing.reprintLast()
    else await client.printing.printReceipt({ saleId, ...(language === null ? {} : { language }) })
  }
  return () => (takesCash ? finishPrinted(language) : run('print', print))
}

/** Everything the counter does with the sale in front of it. */
export function useSaleWorkspace(sale: Sale): SaleWorkspace {
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
  const receipt = useReceipt(sale, { draft, history, run, setPanel, close, dueMinor })
  const last = useLastSale(sale.id)
  const takesCash = dueMinor > 0 && finishing.cash.given.kind === 'enough'
  const { finishPrinted, ...finish } = finishing
  const print = usePrint(sale, { draft, run, choice: receipt.choice, takesCash, finishPrinted, last })
  const workspace = {
    draft,
    history,
    totalMinor,
    dueMinor,
    panel,
    busy,
    setPanel,
    run,
    takesCash,
    print,
    last,
  }
  return { ...workspace, ...money, ...finish, ...receipt }
}
