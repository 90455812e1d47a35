import type { Accounts } from '../accounts/service.ts'
import type { Host } from '../host.ts'
import type { Payments } from '../payments/service.ts'
import { createDayEnd } from './day-end.ts'
import { reconciliationProcedures } from './procedures.ts'
import { createReconciliation } from './service.ts'

/** Our payments against the networks' records: when asked, by a statement, and at the day's end. */
export function joinReconciliation(
  host: Host,
  needs: { readonly accounts: Accounts; readonly payments: Payments },
): void {
  const reconciliation = createReconciliation({ ...host, ...needs })
  const dayEnd = createDayEnd({ ...host, ...needs, reconciliation, zone: () => host.shop().zone })
  host.procedures({ reconciliations: reconciliationProcedures(reconciliation) })
  host.onStart(dayEnd.start)
  host.onStop(dayEnd.stop)
}
