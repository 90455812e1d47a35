import type { Practice } from '../../../src-preload/contract/practice.ts'
import type { KauntaClient } from '../../connection.ts'

/** How the parts of the practice side act on the simulated world; `run` shows what went wrong. */
export interface PracticeActions {
  readonly client: KauntaClient['practice']
  readonly run: (work: Promise<Practice>) => void
}

/** What the practice side shows, as it changes. */
export function watchPractice(client: KauntaClient, signal: AbortSignal) {
  return client.practice.watch(undefined, { signal })
}
