import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Companion } from '../companion.ts'
import type { Clock, Randomness } from '../ports.ts'
import { openHttpServer } from '../sockets/http-server.ts'
import { pageConnectionsMax, pageServerLimits } from '../sockets/limits.ts'
import { refuse } from './admission.ts'
import { createPage, safeHeaders } from './page.ts'
import { createRest } from './rest.ts'
import { createSession, type Secrets } from './session.ts'
import { carryContract } from './websocket.ts'

export interface Door {
  readonly url: string
  readonly port: number
  /** What browsers that were let in hold. */
  readonly secrets: Secrets
  /** A fresh address that lets one browser in, once, for a minute. */
  newAddress(): string
  close(): Promise<void>
}

export interface DoorDeps {
  readonly companion: Companion
  readonly clock: Clock
  readonly random: Randomness
  readonly version: string
  /** The folder of the built page. */
  readonly page: string
  /** From the program whose place this one takes: its page goes on. */
  readonly secrets: Secrets | null
}

/**
 * The browser door: page, its WebSocket and REST on one loopback port.
 * @throws KauntaError PORT_IN_USE
 */
export async function openDoor(deps: DoorDeps, wanted: number): Promise<Door> {
  const { companion, clock } = deps
  let url = ''
  const session = createSession(deps.random, clock, deps.secrets)
  const page = createPage(deps.page)
  const place = (request: IncomingMessage) => server.claim(request, 'page', pageConnectionsMax)
  const contract = carryContract({ companion, clock, session, origin: () => url, place })
  const rest = createRest(companion, clock, deps.version, (request, key, most) =>
    server.claim(request, key, most),
  )

  function answer(request: IncomingMessage, response: ServerResponse): void | Promise<void> {
    for (const [name, value] of Object.entries(safeHeaders)) response.setHeader(name, value)
    const words = (status: number, text: string): void => {
      response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' }).end(text)
    }
    const refusal = refuse(request, url, false)
    if (refusal !== null) return words(refusal.status, refusal.words)
    if (request.url?.startsWith('/api/') === true) return rest(request, response)
    if (session.opens(request)) {
      response.setHeader('Set-Cookie', session.setCookie)
      return page.letIn(response, url, session.secrets.page)
    }
    // A known browser that opens its used address anew.
    if (request.url?.startsWith('/open-') === true && session.knows(request)) {
      response.writeHead(303, { Location: '/', 'Cache-Control': 'no-store' }).end()
      return
    }
    if (!session.knows(request)) return words(401, unknownBrowser)
    if (!place(request)) return words(503, crowded)
    if (!page.serve(request, response, url)) words(404, nothingHere)
  }
  const server = openHttpServer({
    limits: pageServerLimits,
    handle: answer,
    upgrade: contract.upgrade,
    onFault: companion.reportFault,
  })
  const port = await server.listen(wanted)
  url = `http://127.0.0.1:${port}`
  return {
    url,
    port,
    secrets: session.secrets,
    newAddress: () => url + session.newPath(),
    async close() {
      contract.close()
      await server.close()
    },
  }
}

const unknownBrowser =
  'Kaunta does not know this browser. Open the address that Kaunta printed; it works once, for a minute. Press Enter in its terminal for a new one.\n' +
  'Kaunta haikitambui kivinjari hiki. Fungua anwani iliyochapishwa na Kaunta; inafanya kazi mara moja, kwa dakika moja. Bonyeza Enter kwenye terminali yake kupata mpya.\n'

const crowded =
  'Kaunta is open in too many places. Close its other tabs.\n' +
  'Kaunta imefunguliwa mahali pengi mno. Funga vichupo vyake vingine.\n'

const nothingHere = 'There is nothing at this address.\nHakuna kitu kwenye anwani hii.\n'
