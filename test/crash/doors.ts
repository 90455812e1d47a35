import { ORPCError } from '@orpc/client'
import { z } from 'zod'
import { type Control, takeControl } from '../e2e/control.ts'
import type { Doors, Said } from './intent.ts'
import type { StartLine } from './product.ts'

const madeSchema = z.object({ id: z.string().min(1), number: z.int().nullable().optional() })

export interface OpenDoors extends Doors {
  close(): void
}

/** @param stop gives up every call that is out */
export function openDoors(line: StartLine, stop: AbortSignal): OpenDoors {
  let control: Promise<Control> | null = null
  const counter = () => {
    control ??= takeControl({ url: line.url, origin: new URL(line.url).origin })
    return control
  }
  return {
    async post(path, key, body) {
      const answer = await fetch(line.apiUrl + path, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${line.apiKey}`,
          'content-type': 'application/json',
          'idempotency-key': key,
        },
        body: JSON.stringify(body),
        signal: stop,
      })
      return read(answer.status, await answer.text())
    },
    async counter(call) {
      const { client } = await counter()
      try {
        return await call(client, { signal: stop })
      } catch (error) {
        if (!(error instanceof ORPCError)) throw error
        const why = `${String(error.code)} ${error.message}`
        return { is: error.status >= 500 ? 'broken' : error.code === 'PIN_LOCKED' ? 'later' : 'no', why }
      }
    },
    close() {
      control?.then(({ close }) => close()).catch(() => {})
    },
  }
}

function read(status: number, text: string): Said {
  if (status >= 200 && status < 300) {
    const { id, number = null } = madeSchema.parse(JSON.parse(text))
    return { is: 'yes', id, number }
  }
  const why = `${status} ${text}`
  if (status >= 500) return { is: 'broken', why }
  return { is: status === 429 ? 'later' : 'no', why }
}
