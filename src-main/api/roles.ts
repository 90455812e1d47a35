import type { Role } from '../../src-preload/contract/staff.ts'

/** What may be called while nobody is at the counter: what a locked screen still shows, and the way back in. */
const open: ReadonlySet<string> = new Set([
  'staff.desk',
  'staff.signIn',
  'staff.lock',
  'live.status',
  'live.watch',
  'settings.get',
])

/** The practice world is nobody's counter; integrators have keys and scopes of their own. */
const openRooms: ReadonlySet<string> = new Set(['practice', 'integration'])

/** What only a manager may do. Calls that ask for a manager's PIN themselves (decide, reverse, payOut) are not here. */
const managers: ReadonlySet<string> = new Set([
  'settings.save',
  'accounts.save',
  'accounts.remove',
  'apiKeys.list',
  'apiKeys.create',
  'apiKeys.revoke',
  'templates.save',
  'printers.save',
  'printers.remove',
  'printers.find',
  'printing.openDrawer',
  'receiptLayout.save',
  'receiptLayout.setLogo',
  'receiptLayout.removeLogo',
  'pairing.unlink',
  'staff.list',
  'staff.save',
  'notices.register',
  'reconciliations.run',
  'reconciliations.importStatement',
  'reconciliations.settle',
  'reconciliations.export',
])

/** Calls that a page makes by itself, to show what is: nobody need have touched a key. */
const reads =
  /^(?:get|list|watch|current|summary|totals|attention|networks|models|subnets|statuses|open|forSale|candidates|check|preview|search|providers)$/

/** Who must be at the counter for this call of a screen; null: nobody. */
export function neededRole(path: readonly string[]): Role | null {
  const [room = ''] = path
  const name = path.join('.')
  if (openRooms.has(room) || open.has(name)) return null
  return managers.has(name) ? 'manager' : 'cashier'
}

/**
 * Judges a call of a screen by its path.
 * @throws KauntaError NOT_SIGNED_IN, MANAGER_ONLY
 */
export function admitScreen(path: readonly string[], admit: (needs: Role, acts: boolean) => void): void {
  const needs = neededRole(path)
  if (needs !== null) admit(needs, !reads.test(path.at(-1) ?? ''))
}

/** Every name in the tables above, for the test that looks them up in the contract. */
export function namedCalls(): string[] {
  return [...open, ...managers]
}
