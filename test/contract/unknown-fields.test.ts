import { isContractProcedure } from '@orpc/contract'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { contract } from '../../src-preload/contract/index.ts'

/** What a call by HTTP is made of is the door's; and HTTP puts headers of its own beside ours. */
const open = /^integration\.\w+(?:\/properties\/headers)?$/

interface Found {
  readonly name: string
  readonly schema: unknown
}

function inputs(node: object, path: readonly string[] = []): Found[] {
  return Object.entries(node).flatMap(([key, value]: [string, unknown]): Found[] => {
    const here = [...path, key]
    if (!isContractProcedure(value)) {
      return typeof value === 'object' && value !== null ? inputs(value, here) : []
    }
    const { inputSchema } = value['~orpc']
    return inputSchema instanceof z.ZodType
      ? [
          {
            name: here.join('.'),
            schema: z.toJSONSchema(inputSchema, { io: 'input', unrepresentable: 'any' }),
          },
        ]
      : []
  })
}

/** Where an object of named fields would take another one. */
function takers(schema: unknown, at: string): string[] {
  if (typeof schema !== 'object' || schema === null) return []
  const here = 'properties' in schema && !('additionalProperties' in schema) ? [at] : []
  return [...here, ...Object.entries(schema).flatMap(([key, value]) => takers(value, `${at}/${key}`))]
}

describe('what a procedure does not know', () => {
  it('is refused by every input of the contract, at every depth', () => {
    const all = inputs(contract)
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
