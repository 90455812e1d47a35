import { z } from 'zod'
import type { MessageState } from '../../src-preload/contract/messaging.ts'
import type { Accounts } from '../accounts/service.ts'
import type { Transaction } from '../database/open.ts'
import {
  type EffectRow,
  type EffectState,
  type RegisteredKind,
  type Resolution,
  registerKind,
  type Transition,
} from '../outbox/kind.ts'
import { KauntaError } from '../problem.ts'
import { accepted, type Outcome, refused } from '../providers/outcome.ts'
import { channels, type Sent } from './channels.ts'
import { afterMove } from './progress.ts'
import type { MessageStore } from './store.ts'

export const messageKind = 'message'

const dayMs = 86_400_000
const stateOf: Readonly<Record<Exclude<EffectState, 'leased'>, MessageState>> = {
  queued: 'queued',
  unknown: 'unknown',
  done: 'sent',
  failed: 'failed',
  cancelled: 'cancelled',
}

/** Reads again what came under a reference before anybody here knew whose it is; in the caller's transaction. */
export type ReadAgain = (tx: Transaction, accountId: string, providerReference: string) => void

/** How a message goes out: the call, the question after a lost answer, and the row that follows. */
export function messageEffect(store: MessageStore, accounts: Accounts, readAgain: ReadAgain): RegisteredKind {
  const nobody = refused('credentials', 'credentials', 'the account has no such channel')
  /** A report that overtook the reply proves the call that began at `since`; an earlier attempt's proves nothing. */
  const reportedSince = (messageId: string, since: number): Sent | null => {
    const { providerReference, cost } = store.row(messageId)
    const told = ({ source, state, at }: ReturnType<MessageStore['events']>[number]) =>
      source === 'provider' && state !== 'failed' && at >= since
    return providerReference !== null && store.events(messageId).some(told)
      ? { providerReference, cost }
      : null
  }

  return registerKind<{ messageId: string }, Sent>({
    name: messageKind,
    label: { en: 'Message', sw: 'Ujumbe' },
    payload: z.object({ messageId: z.string() }),
    waits: true,
    retryable: true,
    maxTries: 3,
    lifeMs: dayMs,
    leaseMs: 60_000,
    // A second receipt by SMS costs the shop money and the customer trust: a person decides.
    duplicateHarmless: false,
    unresolvedReason: 'needsDecision',
    async execute(_effect, { messageId }, signal): Promise<Outcome<Sent>> {
      const row = store.row(messageId)
      const abilities = await connect(accounts, row.accountId)
      if (!abilities.ok) return abilities
      const file = store.attachment(messageId)
      return (await channels[row.channel].send(abilities.value, row, file, signal)) ?? nobody
    },
    consistencyWindowMs: (effect) =>
      reportedSince(effect.subjectId, effect.updatedAt) === null
        ? accounts.consistencyWindowMs(accountOf(effect))
        : 0,
    async resolve(_effect, { messageId }, since): Promise<Resolution<Sent>> {
      const reported = reportedSince(messageId, since)
      if (reported !== null) return { kind: 'happened', data: reported }
      const row = store.row(messageId)
      const abilities = await connect(accounts, row.accountId)
      if (!abilities.ok) return { kind: 'askLater', error: abilities.error }
      const fileName = store.fileName(row.id)
      const found = (await channels[row.channel].find(abilities.value, row, fileName, since)) ?? nobody
      if (!found.ok) return { kind: 'askLater', error: found.error }
      if (found.value === 'notFound') return { kind: 'notFound' }
      return { kind: 'happened', data: found.value }
    },
    onTransition(tx: Transaction, effect: EffectRow, transition: Transition, data: Sent | null): void {
      const row = store.row(effect.subjectId)
      if (transition.to === 'leased') {
        store.changed(tx, row.id)
        return
      }
      const reached =
        transition.to === 'done' && transition.by === 'outbox'
          ? channels[row.channel].acceptedMeans
          : stateOf[transition.to]
      const state = afterMove(row.state, reached)
      const told = {
        state: reached,
        source: transition.by,
        reason: transition.reason,
        detail: transition.detail,
      }
      const keepsMark = row.state === 'failed' && state === 'failed' && transition.to !== 'failed'
      store.note(tx, row.id, told, state !== row.state)
      store.update(tx, row.id, {
        state,
        ...(keepsMark ? {} : { reason: transition.reason, detail: transition.detail }),
        ...(data === null
          ? {}
          : {
              providerReference: data.providerReference,
              ...(data.cost === null ? {} : { cost: data.cost }),
            }),
      })
      if (data !== null && row.providerReference === null)
        readAgain(tx, row.accountId, data.providerReference)
    },
  })
}

function accountOf(effect: EffectRow): string {
  return effect.lane.slice(effect.lane.indexOf(':') + 1)
}

/** An account that cannot be used now holds its lane; it is no fault of the message. */
export async function connect(accounts: Accounts, accountId: string) {
  try {
    return accepted(await accounts.abilities(accountId))
  } catch (error) {
    if (error instanceof KauntaError) return refused('credentials', 'credentials', error.message)
    throw error
  }
}
