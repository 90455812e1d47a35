import type { z } from 'zod'
import type { callbackFaultSchema, Faults, providerFaultSchema } from '../../src-preload/contract/practice.ts'

export type ProviderFault = z.infer<typeof providerFaultSchema>
export type CallbackFault = z.infer<typeof callbackFaultSchema>

/** Nothing is wrong. */
export const noFaults: Faults = { line: 'on', providers: {}, callback: 'now', printer: 'ready' }
