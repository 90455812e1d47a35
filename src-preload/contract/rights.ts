import { z } from 'zod'

/** What a person at the counter may be; a manager may all that a cashier may. */
export const roleSchema = z.enum(['cashier', 'manager'])
export type Role = z.infer<typeof roleSchema>

/** What an API key may be let do. */
export const scopeSchema = z.enum(['sales', 'messages', 'payments', 'outbox'])
export type Scope = z.infer<typeof scopeSchema>

/**
 * Whom a procedure needs. role: cashier and manager stand at the counter · open: what a locked screen may still ask, and
 * the way in · practice: the simulated world, which is nobody's counter · integration: an API key that has `scope`;
 * null: any key, which sees what its own scopes let it.
 * passive: a page asks it by itself, so that it does not show that somebody is there.
 */
export const rightsSchema = z.discriminatedUnion('role', [
  z.strictObject({ role: z.enum([...roleSchema.options, 'open', 'practice']), passive: z.boolean() }),
  z.strictObject({ role: z.literal('integration'), scope: scopeSchema.nullable(), passive: z.boolean() }),
])
export type Rights = z.infer<typeof rightsSchema>
