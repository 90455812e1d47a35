import { shell } from 'electron'

/** Sites that the settings screens point to: where a shop gets the keys of its accounts. */
const hosts: ReadonlySet<string> = new Set([
  'developer.safaricom.co.ke',
  'account.africastalking.com',
  'developers.africastalking.com',
  'console.green-api.com',
  'green-api.com',
])

/** True for https pages of the listed sites and for telephone numbers; parsed, never compared by how it starts. */
function mayOpenOutside(url: URL): boolean {
  if (url.username !== '' || url.password !== '') return false
  if (url.protocol === 'tel:') return /^\+?[0-9]{3,15}$/.test(url.pathname) && url.host === ''
  return url.protocol === 'https:' && url.port === '' && hosts.has(url.hostname)
}

/** Opens an allowed address in the person's own browser; anything else is dropped. */
export function openOutside(address: string): void {
  const url = URL.parse(address)
  if (url === null || !mayOpenOutside(url)) return
  // Nothing can be done about a machine without a browser; the page shows the address as well.
  shell.openExternal(url.href).catch(() => {})
}
