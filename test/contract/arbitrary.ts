import fc from 'fast-check'
import { z } from 'zod'

/** As much of JSON Schema as the contract's inputs come to. */
interface Node {
  readonly type?: string | readonly string[] | undefined
  readonly const?: unknown
  readonly enum?: readonly unknown[] | undefined
  readonly anyOf?: readonly Node[] | undefined
  readonly oneOf?: readonly Node[] | undefined
  readonly allOf?: readonly Node[] | undefined
  readonly properties?: Readonly<Record<string, Node>> | undefined
  readonly required?: readonly string[] | undefined
  readonly additionalProperties?: Node | boolean | undefined
  readonly items?: Node | undefined
  readonly minItems?: number | undefined
  readonly maxItems?: number | undefined
  readonly minLength?: number | undefined
  readonly maxLength?: number | undefined
  readonly minimum?: number | undefined
  readonly maximum?: number | undefined
  readonly format?: string | undefined
  readonly pattern?: string | undefined
}

const nodeSchema: z.ZodType<Node> = z.lazy(() =>
  z.object({
    type: z.union([z.string(), z.array(z.string())]).optional(),
    const: z.unknown().optional(),
    enum: z.array(z.unknown()).optional(),
    anyOf: z.array(nodeSchema).optional(),
    oneOf: z.array(nodeSchema).optional(),
    allOf: z.array(nodeSchema).optional(),
    properties: z.record(z.string(), nodeSchema).optional(),
    required: z.array(z.string()).optional(),
    additionalProperties: z.union([z.boolean(), nodeSchema]).optional(),
    items: nodeSchema.optional(),
    minItems: z.number().optional(),
    maxItems: z.number().optional(),
    minLength: z.number().optional(),
    maxLength: z.number().optional(),
    minimum: z.number().optional(),
    maximum: z.number().optional(),
    format: z.string().optional(),
    pattern: z.string().optional(),
  }),
)

/** Fields whose values must mean something to get anywhere. */
export type Known = (name: string, format: string | undefined) => fc.Arbitrary<unknown> | null

/** What people and programs hand over besides letters: signs that are not seen, that turn the writing, that end a line. */
const oddSigns = [
  '\u0000',
  '\u200b',
  '\u202e',
  '\n',
  '\t',
  '´',
  'Ł',
  'ابت',
  '中',
  '😀',
  '‮',
  '"',
  "'",
  '<',
  '&',
  '%',
  '\ud800',
]

function text({ minLength = 0, maxLength = 200 }: Node): fc.Arbitrary<string> {
  const longest = Math.min(maxLength, 400)
  const unit = fc.oneof(
    { arbitrary: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }), weight: 4 },
    fc.constantFrom(...oddSigns),
  )
  return fc
    .oneof(
      fc.array(unit, { minLength, maxLength: Math.min(longest, 30) }),
      fc.array(unit, { minLength: longest, maxLength: longest }),
    )
    .map((signs) => signs.join('').slice(0, maxLength))
}

function whole({ minimum = -1_000_000, maximum = 9_007_199_254_740_991 }: Node): fc.Arbitrary<number> {
  const from = Math.max(minimum, -9_007_199_254_740_991)
  const to = Math.min(maximum, 9_007_199_254_740_991)
  return fc.oneof(
    fc.constantFrom(from, to),
    fc.integer({ min: Math.max(from, -1_000_000), max: Math.min(to, 1_000_000) }),
    fc.maxSafeInteger().map((some) => Math.min(to, Math.max(from, some))),
  )
}

function shape(node: Node, known: Known): fc.Arbitrary<unknown> {
  const { properties = {}, required = [], additionalProperties } = node
  if (typeof additionalProperties === 'object' && Object.keys(properties).length === 0) {
    return fc.dictionary(
      fc.string({ minLength: 1, maxLength: 20 }),
      arbitraryOf(additionalProperties, known, ''),
      { maxKeys: 3 },
    )
  }
  const fields = Object.entries(properties).map(([name, field]): [string, fc.Arbitrary<unknown>] => [
    name,
    known(name, field.format) ?? arbitraryOf(field, known, name),
  ])
  return fc.record(Object.fromEntries(fields), { requiredKeys: [...required] })
}

function arbitraryOf(node: Node, known: Known, name: string): fc.Arbitrary<unknown> {
  if (node.const !== undefined) return fc.constant(node.const)
  if (node.enum !== undefined) return fc.constantFrom(...node.enum)
  const choices = node.anyOf ?? node.oneOf ?? node.allOf
  if (choices !== undefined) return fc.oneof(...choices.map((one) => arbitraryOf(one, known, name)))
  const types = typeof node.type === 'string' ? [node.type] : (node.type ?? [])
  return fc.oneof(...types.map((type) => ofType(type, node, known, name)))
}

function list(node: Node, known: Known, name: string): fc.Arbitrary<unknown> {
  return fc.array(known(name, node.items?.format) ?? arbitraryOf(node.items ?? {}, known, name), {
    minLength: node.minItems ?? 0,
    maxLength: Math.min(node.maxItems ?? 4, 4),
  })
}

function ofType(type: string, node: Node, known: Known, name: string): fc.Arbitrary<unknown> {
  if (type === 'object') return shape(node, known)
  if (type === 'array') return list(node, known, name)
  if (type === 'integer' || type === 'number') return whole(node)
  if (type === 'boolean') return fc.boolean()
  return type === 'string' ? (known(name, node.format) ?? text(node)) : fc.constant(null)
}

/** How often a schema's own rules (sums, patterns) may be missed before it is left alone. */
const tries = 40

/** An input that the schema allows, its limits above all; undefined where chance meets none. */
export function inputOf(schema: z.ZodType, known: Known, seed: number): unknown {
  const node = nodeSchema.parse(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }))
  const some = fc.sample(arbitraryOf(node, known, ''), { numRuns: tries, seed })
  return some.find((input) => schema.safeParse(input).success)
}
