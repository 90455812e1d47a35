import { readFileSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage } from 'node:http'
import { join } from 'node:path'
import { z } from 'zod'

/** A provider of SMS that takes everything and never calls back by itself, for one product process at a time. */
export interface BenchWorld {
  /** For `--world`. */
  readonly file: string
  readonly apiKey: string
  /** Called as the first byte of each message that is sent has arrived. */
  onMessage(tell: () => void): void
  /** Sends the delivery report of a message that was taken; settles with the listener's answer. */
  report(reference: string): Promise<void>
  close(): Promise<void>
}

const provider = 'africas-talking'
const callbacksSchema = z.object({ loopbackUrl: z.url(), paths: z.record(z.string(), z.string()) })

export async function createBenchWorld(folder: string): Promise<BenchWorld> {
  const file = join(folder, 'world.json')
  const apiKey = 'kaunta_bench_0123456789012345678901234567890123'
  let tell = () => {}
  let sent = 0
  const server = createServer((request, response) => {
    const isMessage = request.url?.endsWith('/messaging') === true
    if (isMessage) tell()
    readAll(request).then(
      (text) => {
        const to = new URLSearchParams(text).get('to') ?? ''
        if (isMessage) sent += 1
        const recipient = {
          statusCode: 101,
          number: to,
          status: 'Success',
          cost: 'TZS 22',
          messageId: `bench-${sent}`,
        }
        response
          .writeHead(isMessage ? 201 : 404, { 'Content-Type': 'application/json' })
          .end(JSON.stringify({ SMSMessageData: { Message: 'Sent to 1/1', Recipients: [recipient] } }))
      },
      () => response.destroy(),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the world has no port')
  const url = `http://127.0.0.1:${address.port}`
  const world = {
    simulatorUrl: url,
    publicAddress: 'https://kaunta.practice.example',
    accounts: [
      {
        provider,
        baseUrl: `${url}/${provider}`,
        settings: { username: 'bench', senderId: 'DUKA' },
        secrets: { apiKey: 'bench-bench-bench' },
      },
    ],
    printerAddress: { host: '127.0.0.1', port: address.port },
    apiKey,
  }
  writeFileSync(file, JSON.stringify(world))
  return {
    file,
    apiKey,
    onMessage(next) {
      tell = next
    },
    async report(reference) {
      const { loopbackUrl, paths } = callbacksSchema.parse(
        JSON.parse(readFileSync(`${file}.callbacks`, 'utf8')),
      )
      const body = new URLSearchParams({
        id: reference,
        status: 'Success',
        phoneNumber: '+255712345678',
        networkCode: '64004',
      })
      const answer = await fetch(loopbackUrl + String(paths[provider]), { method: 'POST', body })
      if (answer.status !== 200) throw new Error(`a delivery report was answered with ${answer.status}`)
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function readAll(request: IncomingMessage): Promise<string> {
  request.setEncoding('utf8')
  let text = ''
  for await (const piece of request) text += String(piece)
  return text
}
