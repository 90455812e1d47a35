import type { Channel } from '../../src-preload/contract/channels.ts'

/** Messages of one channel and account share a limit and an order; lanes are named channel:account. */
export function messageLane(channel: Channel, accountId: string): string {
  return `${channel}:${accountId}`
}
