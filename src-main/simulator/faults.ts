import type { z } from 'zod'
import type { callbackFaultSchema, Faults, providerFaultSchema } from '../../src-preload/contract/practice.ts'

export type ProviderFault = z.infer<typeof providerFaultSchema>
export type CallbackFault = z.infer<typeof callbackFaultSchema>

/** Nothing is wrong. */
export const noFaults: Faults = { line: 'on', providers: {}, callback: 'now', printer: 'ready' }

/** Milliseconds in the real world; divided by the host's timeScale. */
export const slowness = { line: 2_000, provider: 4_000, lateCallback: 20_000, secondCallback: 1_500 } as const

/** How long a held connection stays open before it is cut: longer than any adapter's own time-out. */
export const heldMs = 180_000
