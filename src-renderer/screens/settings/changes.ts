import type { PrinterStatus } from '../../../src-preload/contract/printing.ts'
import { means } from '../../changes.ts'

/** Puts a printer's newest word in the place of the one before; the same list when it already knows better. */
function latestStatuses(known: readonly PrinterStatus[], told: PrinterStatus): PrinterStatus[] {
  const before = known.find(({ printerId }) => printerId === told.printerId)
  if (before !== undefined && before.at > told.at) return [...known]
  return [...known.filter((one) => one !== before), told]
}

/** What is set up once: the shop, its people, accounts and printers. */
export const settingsChanges = [
  means('settings', (_, { cache, queries }) => {
    void cache.invalidateQueries({ queryKey: queries.staff.list.key() })
    for (const room of [queries.settings, queries.printers, queries.templates, queries.apiKeys]) {
      void cache.invalidateQueries({ queryKey: room.key() })
    }
  }),
  means('accounts', (_, { cache, queries }) => {
    void cache.invalidateQueries({ queryKey: queries.accounts.key() })
    void cache.invalidateQueries({ queryKey: queries.payments.networks.key() })
  }),
  means('printerStatus', ({ printerStatus }, { cache, queries }) => {
    cache.setQueryData(queries.printers.statuses.queryKey(), (known) =>
      known === undefined ? undefined : latestStatuses(known, printerStatus),
    )
  }),
]
