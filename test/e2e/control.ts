import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import type { ContractRouterClient } from '@orpc/contract'
import type { Contract } from '../../src-preload/contract/index.ts'
import type { Faults } from '../../src-preload/contract/practice.ts'
import { type LetIn, letIn, openScreenSocket } from '../fixtures/let-in.ts'
import type { RunningServer } from '../fixtures/server.ts'

export type Client = ContractRouterClient<Contract>

/** A second screen without a picture: puts a scenario in place and looks behind the counter. */
export interface Control extends LetIn {
  readonly client: Client
  /** Gives the practice printer a fault and asks it at once: Kaunta's own round comes only every 15 s, at any timeScale. */
  readonly printerBecomes: (fault: Faults['printer']) => Promise<void>
  readonly close: () => void
}

/** Opens the printed address, which works once, and speaks the contract from there on. */
export async function takeControl(server: Pick<RunningServer, 'url' | 'origin'>): Promise<Control> {
  const held = await letIn(server.url)
  const socket = await openScreenSocket(server.origin, held)
  const client: Client = createORPCClient(new RPCLink({ websocket: socket }))
  return {
    client,
    ...held,
    async printerBecomes(printer) {
      await client.practice.setFaults({ printer })
      for (const { id } of await client.printers.list()) await client.printers.check({ id })
    },
    close: () => socket.close(),
  }
}
