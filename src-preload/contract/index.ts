import { capabilities } from './capabilities.ts'
import { integration } from './integration.ts'
import { live } from './live.ts'

/** Everything that can be asked of Kaunta and everything it tells. */
export const contract = { ...capabilities.procedures, live, integration }
export type Contract = typeof contract
