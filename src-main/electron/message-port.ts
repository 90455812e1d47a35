import { RPCHandler } from '@orpc/server/message-port'
import {
  type IpcMainEvent,
  ipcMain,
  MessageChannelMain,
  type MessagePortMain,
  type WebContents,
  type WebFrameMain,
} from 'electron'
import { guardCall } from '../api/errors.ts'
import type { Companion, Screen } from '../companion.ts'
import { pageOrigin } from './page-address.ts'

/** The page asks for its port on this channel, and gets it on the other; there are no more channels. */
const asking = 'ready'
const handingOver = 'port'

/** The main frame of our own window while it shows our own page, or null: nobody else is answered. */
function ourFrame(event: IpcMainEvent, contents: WebContents): WebFrameMain | null {
  const frame = event.senderFrame
  const ours =
    event.sender === contents && frame !== null && frame.parent === null && frame.origin === pageOrigin
  return ours ? frame : null
}

/** What the shell knows of the page in its window. */
export interface ServedPage {
  /** True while nobody sits at the counter; false before the page has come: a window that stays empty can be closed. */
  locked(): boolean
}

/** Hands the page of this window one port that carries the contract; a page that asks again gets a new one. */
export function serveMessagePort(contents: WebContents, companion: Companion): ServedPage {
  const handler = new RPCHandler(companion.router, { clientInterceptors: [guardCall] })
  let port: MessagePortMain | null = null
  let screen: Screen | null = null
  const answer = (event: IpcMainEvent) => {
    const frame = ourFrame(event, contents)
    if (frame === null) return
    port?.close()
    screen?.close()
    const { port1, port2 } = new MessageChannelMain()
    port = port1
    screen = companion.screen()
    handler.upgrade(port1, { context: screen.context })
    port1.start()
    frame.postMessage(handingOver, null, [port2])
  }
  ipcMain.on(asking, answer)
  contents.once('destroyed', () => {
    ipcMain.off(asking, answer)
    port?.close()
    screen?.close()
  })
  return { locked: () => screen !== null && screen.seat.current() === null }
}
