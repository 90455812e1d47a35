import { readFileSync } from 'node:fs'
import { request } from 'node:http'
import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'

/**
 * The networks' side of the load test, a process of its own: `node sender.ts FILE`. Sends every callback once, at a
 * steady rate, however long answers take, and prints one JSON line.
 */
const orderSchema = z.object({
  url: z.url(),
  perSecond: z.number(),
  callbacks: z.array(z.object({ path: z.string(), body: z.string(), digest: z.string() })),
})

/** status 0: no whole answer came · ms: from the first byte sent to the last byte read. */
export const sentSchema = z.array(
  z.object({ digest: z.string(), status: z.int(), ms: z.number(), at: z.number() }),
)
export type Sent = z.infer<typeof sentSchema>[number]

const patienceMs = 10_000

async function send(order: z.infer<typeof orderSchema>): Promise<Sent[]> {
  const begun = performance.now()
  const sent: Promise<Sent>[] = []
  for (const [index, callback] of order.callbacks.entries()) {
    const due = begun + (index / order.perSecond) * 1_000
    if (due > performance.now()) await sleep(due - performance.now())
    sent.push(sendOne(order.url, callback))
  }
  return Promise.all(sent)
}

function sendOne(
  url: string,
  { path, body, digest }: { readonly path: string; readonly body: string; readonly digest: string },
): Promise<Sent> {
  const from = performance.now()
  return new Promise((resolve) => {
    const end = (status: number) => resolve({ digest, status, ms: performance.now() - from, at: Date.now() })
    const call = request(url + path, {
      method: 'POST',
      agent: false,
      headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
      timeout: patienceMs,
    })
    call.on('response', (answer) => {
      answer.on('error', () => end(0))
      answer.on('end', () => end(answer.complete ? (answer.statusCode ?? 0) : 0))
      answer.resume()
    })
    call.on('timeout', () => call.destroy())
    call.on('error', () => end(0))
    call.end(body)
  })
}

const [file] = process.argv.slice(2)
if (import.meta.main && file !== undefined) {
  const order = orderSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
  process.stdout.write(`${JSON.stringify(await send(order))}\n`)
}
