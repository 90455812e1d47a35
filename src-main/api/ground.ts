import type { Host } from '../host.ts'
import { liveProcedures } from '../live/procedures.ts'
import { outboxProcedures } from '../outbox/procedures.ts'
import { settingsProcedures } from '../settings/procedures.ts'
import { staffProcedures } from '../staff/procedures.ts'

/** What a screen asks of the ground on which all capabilities stand. */
export function answerForGround({ procedures, status, settings, staff, live, outbox }: Host): void {
  status.counts({ outbox: outbox.summary })
  procedures({
    ...settingsProcedures(settings, staff),
    staff: staffProcedures(staff),
    live: liveProcedures(live, staff.desk),
    outbox: outboxProcedures(outbox),
  })
}
