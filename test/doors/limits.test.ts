import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import type { AnyContractProcedure } from '@orpc/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { contract } from '../../src-preload/contract/index.ts'
import { restBodyBytesMax, screenMessageBytesMax } from '../../src-preload/contract/limits.ts'
import { problems } from '../../src-preload/contract/problems.ts'
import { type LetIn, letIn, openScreenSocket } from '../fixtures/let-in.ts'
import { proceduresIn } from '../fixtures/procedures.ts'
import { type RunningServer, startServer } from '../fixtures/server.ts'

/** The largest thing that each procedure takes goes through the real door: contract, page and doors have one table. */
let server: RunningServer
let held: LetIn
const folder = mkdtempSync(join(tmpdir(), 'kaunta-limits-'))

beforeAll(async () => {
  server = await startServer(folder)
  held = await letIn(server.url)
})
afterAll(async () => {
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
})

const schemaNode = z.looseObject({
  type: z.union([z.string(), z.array(z.string())]).optional(),
  maxLength: z.number().optional(),
  maxItems: z.number().optional(),
  maxProperties: z.number().optional(),
  format: z.string().optional(),
  const: z.unknown().optional(),
  enum: z.array(z.unknown()).optional(),
  anyOf: z.array(z.unknown()).optional(),
  oneOf: z.array(z.unknown()).optional(),
  items: z.unknown().optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  additionalProperties: z.unknown().optional(),
})

/** Six bytes in JSON for one character: the worst that a text can be. */
const worst = '\u0001'

class Unbounded extends Error {}

/** A value as large as the schema lets one be. @throws Unbounded naming what has no end */
function largest(schema: unknown, path: string): unknown {
  const node = schemaNode.parse(schema)
  const choices = node.anyOf ?? node.oneOf
  if (choices !== undefined) {
    const made = choices.map((one) => largest(one, path))
    return made.reduce((a, b) => (sizeOf(b) > sizeOf(a) ? b : a))
  }
  if (node.const !== undefined) return node.const
  if (node.enum !== undefined) return node.enum[0]
  if (node.type === 'string') return largestText(node, path)
  if (node.type === 'array') {
    if (node.maxItems === undefined) throw new Unbounded(`${path}: a list without an end`)
    const item = largest(node.items, `${path}[]`)
    return Array.from({ length: node.maxItems }, () => item)
  }
  if (node.type === 'object') return largestObject(node, path)
  return plainest(node, path)
}

const plain = new Map<unknown, unknown>([
  ['boolean', false],
  ['integer', Number.MAX_SAFE_INTEGER],
  ['number', Number.MAX_SAFE_INTEGER],
  ['null', null],
])

function plainest(node: z.infer<typeof schemaNode>, path: string): unknown {
  if (plain.has(node.type)) return plain.get(node.type)
  // One of several plain kinds, such as a truth that may be missing.
  if (Array.isArray(node.type) && !node.type.includes('string') && !node.type.includes('object')) return null
  throw new Unbounded(`${path}: anything at all`)
}

function largestText(node: z.infer<typeof schemaNode>, path: string): string {
  if (node.format === 'uuid') return '01a1fd2d-e14e-778e-81b2-ab0d4d19c74a'
  if (node.maxLength === undefined) throw new Unbounded(`${path}: a text without an end`)
  return (node.format === 'base64' ? 'A' : worst).repeat(node.maxLength)
}

function largestObject(node: z.infer<typeof schemaNode>, path: string): object {
  const fields = Object.entries(node.properties ?? {}).map(([key, value]): [string, unknown] => [
    key,
    largest(value, `${path}.${key}`),
  ])
  if (typeof node.additionalProperties === 'object' && node.additionalProperties !== null) {
    if (node.maxProperties === undefined) throw new Unbounded(`${path}: fields without an end`)
    const value = largest(node.additionalProperties, `${path}.*`)
    for (let count = 0; count < node.maxProperties; count += 1)
      fields.push([`${count}`.padStart(40, 'k'), value])
  }
  return Object.fromEntries(fields)
}

const sizeOf = (value: unknown) => (JSON.stringify(value) ?? '').length

/** Every procedure that takes something, with the largest that it may be. */
const inputs = proceduresIn(contract).flatMap(({ name, procedure }) =>
  procedure['~orpc'].inputSchema === undefined ? [] : [[name, procedure] as const],
)

function largestOf(name: string, procedure: AnyContractProcedure): unknown {
  const { inputSchema } = procedure['~orpc']
  if (!(inputSchema instanceof z.ZodType)) throw new Error(`${name} has no schema of ours`)
  return largest(z.toJSONSchema(inputSchema, { io: 'input', unrepresentable: 'any', reused: 'inline' }), name)
}

const screens = inputs.filter(([name]) => !name.startsWith('integration.') && !name.startsWith('staff.'))
const integrators = inputs.filter(([name]) => name.startsWith('integration.'))

/** The code with which a call was refused; '' when it was not. Anything but an answer of ours fails the test. */
async function refusal(call: Promise<unknown>): Promise<string> {
  try {
    await call
    return ''
  } catch (error) {
    const code: unknown = Reflect.get(Object(error), 'code')
    return typeof code === 'string' ? code : `no answer: ${String(error)}`
  }
}

describe('the largest input of each procedure', () => {
  it('has an end, and fits the message of a page', () => {
    for (const [name, procedure] of inputs) {
      expect(sizeOf(largestOf(name, procedure)), name).toBeLessThan(screenMessageBytesMax)
    }
  })

  it('has teeth: what has no end is found', () => {
    const schema = z.toJSONSchema(z.object({ note: z.string(), rows: z.array(z.int()).max(3) }))
    expect(() => largest(schema, 'x')).toThrow('x.note: a text without an end')
  })

  it('is answered over the real socket, which stays open', async () => {
    const socket = await openScreenSocket(server.origin, held)
    const client: unknown = createORPCClient(new RPCLink({ websocket: socket }))
    let closed = false
    socket.addEventListener('close', () => {
      closed = true
    })
    const codes = ['', ...Object.keys(problems)]
    expect(screens.length).toBeGreaterThan(40)
    for (const [name, procedure] of screens) {
      let found: unknown = client
      for (const part of name.split('.')) found = Reflect.get(Object(found), part)
      if (typeof found !== 'function') throw new Error(`no call ${name}`)
      // A stream would stay open; its input is an id, as that of many others.
      if (name.endsWith('.watch')) continue
      const call: Promise<unknown> = Reflect.apply(found, undefined, [largestOf(name, procedure)])
      expect(codes, name).toContain(await refusal(call))
      expect(closed, name).toBe(false)
    }
    socket.close()
  }, 120_000)

  it('fits a REST request', async () => {
    let tried = 0
    for (const [name, procedure] of integrators) {
      const { route } = procedure['~orpc']
      const body: unknown = Reflect.get(Object(largestOf(name, procedure)), 'body')
      if (body === undefined || route.path === undefined) continue
      const text = JSON.stringify(body)
      expect(text.length, name).toBeLessThan(restBodyBytesMax)
      const path = route.path.replace('{id}', '01a1fd2d-e14e-778e-81b2-ab0d4d19c74a')
      const reply = await fetch(server.apiUrl + path, {
        method: route.method ?? 'POST',
        headers: {
          authorization: `Bearer ${server.apiKey}`,
          'content-type': 'application/json',
          'idempotency-key': `largest-${tried}`,
        },
        body: text,
      })
      tried += 1
      expect([200, 201, 202, 400, 404, 409, 422], `${name} ${await reply.text()}`).toContain(reply.status)
    }
    expect(tried).toBeGreaterThan(3)
  })

  it('a logo of 1,307,788 bytes and a statement of 1.2 MB leave the counter open', async () => {
    const socket = await openScreenSocket(server.origin, held)
    const client: import('../e2e/control.ts').Client = createORPCClient(new RPCLink({ websocket: socket }))
    const base64 = Buffer.alloc(1_307_788, 7).toString('base64')
    expect(await refusal(client.receiptLayout.setLogo({ base64 }))).toBe('LOGO_UNREADABLE')
    const [account] = await client.payments.networks()
    const text = 'a,b\n'.repeat(300_000)
    const wanted = { accountId: account?.accountId ?? '', fileName: 'x.csv', text }
    expect(Object.keys(problems)).toContain(await refusal(client.reconciliations.importStatement(wanted)))
    expect((await client.live.status()).mode).toBe('practice')
    socket.close()
  })
})
