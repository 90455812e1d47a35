import type { Connection } from '../../src-preload/contract/printer-models.ts'

/** One user of a device at a time: two jobs at once come out as one spoilt paper. */
export interface DeviceLock {
  /** True while somebody uses it. */
  busy(connection: Connection): boolean
  /** Waits for its turn, then works; what the work throws is thrown. */
  exclusive<T>(connection: Connection, work: () => Promise<T>): Promise<T>
}

/** Two printers of the settings may be one device: the address counts, not the name. */
function deviceOf(connection: Connection): string {
  switch (connection.kind) {
    case 'network':
      return `network ${connection.host.toLowerCase()} ${connection.port}`
    case 'serial':
    case 'device':
      return `path ${connection.path}`
    case 'usb':
      return `usb ${connection.vendorId} ${connection.productId} ${connection.serialNumber ?? ''}`
    default:
      return `queue ${connection.queue}`
  }
}

export function createDeviceLock(): DeviceLock {
  const last = new Map<string, Promise<unknown>>()
  return {
    busy: (connection) => last.has(deviceOf(connection)),
    async exclusive(connection, work) {
      const device = deviceOf(connection)
      const before = last.get(device)
      const turn = (before ?? Promise.resolve()).then(work)
      const over = turn.then(
        () => undefined,
        () => undefined,
      )
      last.set(device, over)
      try {
        return await turn
      } finally {
        if (last.get(device) === over) last.delete(device)
      }
    },
  }
}
