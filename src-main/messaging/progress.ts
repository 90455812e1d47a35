import type { MessageState } from '../../src-preload/contract/messaging.ts'

/** How far a message is known to have come. A late "delivered" beats an earlier "failed"; nothing goes back. */
const rank: Readonly<Record<MessageState, number>> = {
  cancelled: 0,
  queued: 0,
  unknown: 1,
  sent: 2,
  failed: 3,
  delivered: 4,
  read: 5,
}

/** True when a provider's news says more than what is known. */
export function isNews(known: MessageState, told: MessageState): boolean {
  return rank[told] > rank[known]
}

/**
 * The state a message shows when its own effect moved to `moved`. A failure mark stays until a provider's word takes
 * it away: neither a new attempt nor a cancelled one does.
 */
export function afterMove(known: MessageState, moved: MessageState): MessageState {
  if (known === 'delivered' || known === 'read') return known
  if (known === 'failed' && (moved === 'queued' || moved === 'cancelled')) return known
  return moved
}
