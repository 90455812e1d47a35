import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import { type WebSocket, WebSocketServer } from 'ws'
import type { Clock } from '../ports.ts'
import { unreadBytesMax, unreadMsMax } from './limits.ts'
import { nothing } from './nothing.ts'

/** One open WebSocket. */
export interface Channel {
  /**
   * Nothing happens when it is closed; a channel whose other end does not read is cut off.
   * @returns once this machine has taken the message, so that a stream goes as fast as it is read
   */
  send(message: string | ArrayBufferLike | ArrayBufferView): Promise<void>
  onMessage(hear: (message: string | ArrayBuffer) => void): void
  onClose(run: () => void): void
  /** @param code RFC 6455 §7.4 */
  close(code: number): void
}

/** Turns connections that ask for it into WebSockets. What a peer sends against the protocol closes that one only. */
export interface WebSockets {
  accept(request: IncomingMessage, socket: Socket, head: Buffer, join: (channel: Channel) => void): void
  /** Answers an upgrade with this HTTP status and goes. */
  refuse(socket: Socket, status: number): void
  close(): void
}

/** @param maxBytes of one message @param unreadMs that one may wait for its reader */
export function openWebSockets(maxBytes: number, clock: Clock, unreadMs = unreadMsMax): WebSockets {
  const server = new WebSocketServer({ noServer: true, maxPayload: maxBytes })
  return {
    accept(request, socket, head, join) {
      server.handleUpgrade(request, socket, head, (client) => {
        // Too much, unmasked, reserved, not UTF-8: the library has closed it; unheard, the error would end the program.
        client.on('error', nothing)
        join(channelOf(client, clock, unreadMs))
      })
    },
    refuse(socket, status) {
      socket.once('finish', () => socket.destroy())
      socket.end(`HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
    },
    close() {
      for (const client of server.clients) client.terminate()
      server.close()
    },
  }
}

function channelOf(client: WebSocket, clock: Clock, unreadMs: number): Channel {
  return {
    send(message) {
      if (client.bufferedAmount > unreadBytesMax) client.terminate()
      if (client.readyState !== client.OPEN) return Promise.resolve()
      return new Promise((resolve) => {
        const heard = clock.after(unreadMs, () => client.terminate())
        client.send(message, () => {
          heard()
          resolve()
        })
      })
    },
    onMessage(hear) {
      client.on('message', (data, isBinary) => {
        const bytes = Buffer.isBuffer(data)
          ? data
          : Buffer.concat([data].flat().map((one) => new Uint8Array(one)))
        hear(isBinary ? new Uint8Array(bytes).buffer : bytes.toString('utf8'))
      })
    },
    onClose: (run) => void client.on('close', run),
    close: (code) => client.close(code),
  }
}
