import type { EventData, EventType } from '../../src-preload/contract/events.ts'
import type { Transaction } from '../database/open.ts'

/** What is told of a row that comes to a state; null: nothing, since it only went on its way. */
export type Moments<State extends string, Type extends EventType> = Readonly<Record<State, Type | null>>

/** Tells of a row's new state, where that is a moment; in the transaction that writes it. */
export function tellState<State extends string, Type extends EventType>(
  tx: Transaction,
  moments: Moments<State, Type>,
  move: { readonly id: string; readonly from: State; readonly to: State },
  data: EventData<Type>,
): void {
  const moment = moments[move.to]
  if (moment !== null && move.from !== move.to) tx.emit(moment, move.id, data)
}
