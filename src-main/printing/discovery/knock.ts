import { connect } from 'node:net'
import type { Clock } from '../../ports.ts'
import { addressesOf, mostAddresses } from './subnets.ts'

const atATime = 32
/** For one address, ms. */
const knockMs = 400
/** For all of them, ms: 1,024 silent addresses take 12.8 seconds. */
const totalMs = 15_000

interface Watch {
  readonly clock: Clock
  readonly signal: AbortSignal | undefined
}

/** True when somebody accepts a connection there. Not one byte is sent: an office printer would print it. */
function opens(host: string, port: number, { clock, signal }: Watch): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port })
    const finish = (open: boolean) => {
      stop()
      signal?.removeEventListener('abort', onAbort)
      socket.destroy()
      resolve(open)
    }
    const onAbort = () => finish(false)
    // After a busy moment the timer is due before the connection that came long ago was seen: it is seen first.
    const stop = clock.after(knockMs, () => setImmediate(() => finish(false)))
    signal?.addEventListener('abort', onAbort, { once: true })
    socket.on('error', () => finish(false))
    socket.once('connect', () => finish(true))
  })
}

/**
 * Tries a connection to each address of some subnets, 32 at a time, 1,024 addresses at most.
 * @returns who accepted, and why not all could be tried (null when they were)
 * @throws CannotLook when a subnet is public, too wide or none
 */
export async function knock(
  subnets: readonly string[],
  port: number,
  watch: Watch,
): Promise<{ readonly open: string[]; readonly cut: string | null }> {
  const { clock, signal } = watch
  const all = [...new Set(subnets.flatMap(addressesOf))]
  const addresses = all.slice(0, mostAddresses)
  const until = clock.monotonic() + totalMs
  const open = new Set<string>()
  let next = 0
  const goOn = () =>
    signal?.aborted !== true && clock.monotonic() < until && next < addresses.length ? next++ : null
  const work = async () => {
    for (let at = goOn(); at !== null; at = goOn()) {
      const host = addresses[at] ?? ''
      if (await opens(host, port, watch)) open.add(host)
    }
  }
  await Promise.all(Array.from({ length: atATime }, work))
  const cut = next < all.length ? `${next} of ${all.length} addresses were tried` : null
  return { open: addresses.filter((address) => open.has(address)), cut }
}
