import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { contract } from '../../src-preload/contract/index.ts'
import { proceduresIn } from '../fixtures/procedures.ts'

/** What a call by HTTP is made of is the door's; and HTTP puts headers of its own beside ours. */
const open = /^integration\.\w+(?:\/properties\/headers)?$/

/** Where an object of named fields would take another one. */
function takers(schema: unknown, at: string): string[] {
  if (typeof schema !== 'object' || schema === null) return []
  const here = 'properties' in schema && !('additionalProperties' in schema) ? [at] : []
  return [...here, ...Object.entries(schema).flatMap(([key, value]) => takers(value, `${at}/${key}`))]
}

describe('what a procedure does not know', () => {
  it('is refused by every input of the contract, at every depth', () => {
    const all = proceduresIn(contract).flatMap(({ name, procedure }) => {
      const { inputSchema } = procedure['~orpc']
      if (!(inputSchema instanceof z.ZodType)) return []
      return [{ name, schema: z.toJSONSchema(inputSchema, { io: 'input', unrepresentable: 'any' }) }]
    })
    expect(all.length).toBeGreaterThan(80)
    const found = all.flatMap(({ name, schema }) => takers(schema, name))
    expect(found.filter((place) => !open.test(place))).toEqual([])
  })

  it('is seen by this test where it would be taken', () => {
    const schema = z.toJSONSchema(z.strictObject({ rows: z.array(z.object({ name: z.string() })) }), {
      io: 'input',
    })
    expect(takers(schema, 'loose')).toEqual(['loose/properties/rows/items'])
  })
})
