import { type Channel, channelNames } from '../../src-preload/contract/channels.ts'

/** What screens know of one way to a customer; its words stand under its name (`channel.sms`). */
interface ChannelView {
  /** A receipt can go as a file. */
  readonly bearsFiles: boolean
  /** Billed by parts, so that their number is shown while one types. */
  readonly inParts: boolean
}

export const channelViews: Readonly<Record<Channel, ChannelView>> = {
  sms: { bearsFiles: false, inParts: true },
  whatsapp: { bearsFiles: true, inParts: false },
}

/** Offered to every shop, also before it has an account for it. */
export const firstChannel: Channel = 'sms'

/** The channel of this name; of another name, the first. */
export function channelNamed(name: string): Channel {
  return channelNames.find((channel) => channel === name) ?? firstChannel
}
