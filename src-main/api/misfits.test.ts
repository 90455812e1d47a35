import { expect, it } from 'vitest'
import { z } from 'zod'
import { contract } from '../../src-preload/contract/index.ts'
import { misfits, misfitWords } from '../../src-preload/contract/misfits.ts'
import { misfitOf } from '../misfit.ts'

/** Every input of the contract by its name, as "sales.finish". */
function inputsOf(router: object, path = ''): [string, z.ZodType][] {
  return Object.entries(router).flatMap(([name, here]): [string, z.ZodType][] => {
    const at = path === '' ? name : `${path}.${name}`
    const own: unknown = here?.['~orpc']?.inputSchema
    if (own instanceof z.ZodType) return [[at, own]]
    return typeof here === 'object' && here !== null && !('~orpc' in here) ? inputsOf(here, at) : []
  })
}

const wrong: readonly unknown[] = [
  undefined,
  null,
  '',
  'x',
  'x'.repeat(100_000),
  0,
  -1,
  1.5,
  1e18,
  Number.NaN,
  true,
  [],
  ['x'],
  {},
  { stranger: 1 },
  Array.from({ length: 2_000 }, () => ({})),
]

function innerOf(schema: unknown): unknown {
  let here = schema
  while (here instanceof z.ZodOptional || here instanceof z.ZodDefault || here instanceof z.ZodNullable) {
    here = here.unwrap()
  }
  return here
}

/** Values that misfit somewhere inside: each field in turn is each wrong thing, three levels deep. */
function misfitting(schema: unknown, depth = 0): unknown[] {
  const inner = innerOf(schema)
  if (depth === 3) return [...wrong]
  if (inner instanceof z.ZodObject) {
    const fields = Object.entries(inner.shape).flatMap(([name, field]) =>
      misfitting(field, depth + 1).map((value) => ({ [name]: value })),
    )
    return [...wrong, ...fields]
  }
  if (inner instanceof z.ZodArray)
    return [...wrong, ...misfitting(inner.element, depth + 1).map((one) => [one])]
  return [...wrong]
}

/** Paths of objects that drop what they do not know. Headers have many that are nobody's business here. */
function loose(schema: unknown, at: string): string[] {
  const inner = innerOf(schema)
  if (inner instanceof z.ZodObject) {
    const fields = Object.entries(inner.shape).flatMap(([name, field]) =>
      name === 'headers' ? [] : loose(field, `${at}.${name}`),
    )
    const strict = innerOf(inner.def.catchall) instanceof z.ZodNever
    // The frame itself is the door's own: params, query, headers, body.
    return strict || 'headers' in inner.shape || 'params' in inner.shape ? fields : [at, ...fields]
  }
  if (inner instanceof z.ZodArray) return loose(inner.element, `${at}[]`)
  if (inner instanceof z.ZodUnion) return inner.options.flatMap((one) => loose(one, at))
  return inner instanceof z.ZodPipe ? loose(inner.in, at) : []
}

it('drops nothing in silence that an integrator hands over, at any depth, nor any parameter', () => {
  const inputs = inputsOf({ integration: contract.integration })
  expect(inputs.length).toBeGreaterThan(10)
  expect(inputs.flatMap(([name, schema]) => loose(schema, name))).toEqual([])
})

/** Words of the validator, of a protocol, of a pattern. */
const theirs = /expected|received|invalid|unrecognized|too (?:small|big)|>=|<=|\^|\\d|NaN|undefined|ZodError/i

it('words whatever misfits any input of the contract itself, in both languages', () => {
  const inputs = inputsOf(contract)
  expect(inputs.length).toBeGreaterThan(60)
  const seen = new Set<string>()
  for (const [name, schema] of inputs) {
    for (const value of misfitting(schema)) {
      const { error } = schema.safeParse(value)
      for (const issue of error?.issues ?? []) {
        const found = misfitOf(issue)
        seen.add(found.misfit)
        for (const language of ['en', 'sw'] as const) {
          const words = misfitWords(found.misfit, found, language)
          expect(words, `${name} ${JSON.stringify(issue.path)}`).not.toMatch(theirs)
          expect(words).not.toMatch(/\{\w+\}/)
          expect(words).not.toContain(issue.message)
        }
      }
    }
  }
  expect([...seen].toSorted()).toEqual(
    Object.keys(misfits)
      .filter((kind) => seen.has(kind))
      .toSorted(),
  )
  for (const kind of [
    'missing',
    'wrongKind',
    'tooShort',
    'tooLong',
    'tooMany',
    'tooSmall',
    'tooLarge',
    'badForm',
    'notOneOf',
  ])
    expect([...seen]).toContain(kind)
})
