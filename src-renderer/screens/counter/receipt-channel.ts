import type { Channel } from '../../../src-preload/contract/channels.ts'
import type { Message } from '../../../src-preload/contract/messaging.ts'
import { firstChannel } from '../../components/channels.ts'
import { digitsIn } from '../../components/phone.ts'

const lastDigits = 9
const spent: ReadonlySet<Message['state']> = new Set(['failed', 'cancelled'])

function isSameNumber(typed: string, phone: string): boolean {
  return digitsIn(typed).slice(-lastDigits) === digitsIn(phone).slice(-lastDigits)
}

/**
 * The receipt that already went, or is going, to this number by this channel.
 * @param since epoch ms; one from before it said something else of the money, and does not count. Null: any
 */
export function alreadySent(
  messages: readonly Message[],
  channel: Channel,
  typed: string,
  since: number | null,
): Message | null {
  const counts = (message: Message) =>
    message.channel === channel &&
    !spent.has(message.state) &&
    message.createdAt >= (since ?? 0) &&
    isSameNumber(typed, message.to)
  return messages.find(counts) ?? null
}

export interface ChannelFacts {
  /** The number as it stands in the field. */
  readonly typed: string
  /** When the last of the money came, epoch ms; null while it is not all there. */
  readonly paidAt: number | null
  /** Those by which this shop can send, in their order. */
  readonly offered: readonly Channel[]
}

/**
 * By what the next receipt goes where nobody chose: the paid one by the channel that got the unpaid one, else by the
 * first channel that got none yet.
 */
export function proposeChannel(messages: readonly Message[], facts: ChannelFacts): Channel {
  const { typed, paidAt, offered } = facts
  const fresh = offered.filter((channel) => alreadySent(messages, channel, typed, paidAt) === null)
  const unpaidOnly = fresh.find((channel) => alreadySent(messages, channel, typed, null) !== null)
  return unpaidOnly ?? fresh[0] ?? firstChannel
}
