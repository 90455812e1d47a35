import type { Socket } from 'node:net'

/** Who holds how many connections. */
export interface Budget {
  /** A connection of nobody yet. */
  enter(socket: Socket): void
  /** It turned out whose it is; false when that owner has its `most` already. */
  claim(socket: Socket, owner: string, most: number): boolean
  /** Resets every connection there is. */
  cut(): void
}

/**
 * Strangers push out only strangers, the oldest first, so that no number of them keeps the page from its place.
 * @param strangers connections without an owner at most
 */
export function createBudget(strangers: number): Budget {
  const all = new Set<Socket>()
  const nobodys = new Set<Socket>()
  const owned = new Map<string, Set<Socket>>()
  const leave = (socket: Socket, owner: string): void => {
    const held = owned.get(owner)
    held?.delete(socket)
    if (held?.size === 0) owned.delete(owner)
  }
  return {
    enter(socket) {
      all.add(socket)
      nobodys.add(socket)
      socket.once('close', () => {
        all.delete(socket)
        nobodys.delete(socket)
      })
      const [oldest] = nobodys
      if (nobodys.size > strangers) oldest?.destroy()
    },
    claim(socket, owner, most) {
      const held = owned.get(owner) ?? new Set<Socket>()
      if (held.has(socket)) return true
      if (held.size >= most || !all.has(socket)) return false
      nobodys.delete(socket)
      owned.set(owner, held.add(socket))
      socket.once('close', () => leave(socket, owner))
      return true
    },
    cut() {
      for (const socket of all) socket.destroy()
    },
  }
}
