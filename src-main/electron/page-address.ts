import { isAbsolute, join, relative, sep } from 'node:path'

/** The page has its own scheme, so that no file:// right and no web origin ever stands behind it. */
export const pageScheme = 'kaunta'
export const pageOrigin = 'kaunta://app'
export const pageAddress = `${pageOrigin}/index.html`

/** True for an address of our own page; parsed, never compared by how it starts. */
export function isPageAddress(address: string): boolean {
  const url = URL.parse(address)
  return (
    url !== null &&
    url.protocol === `${pageScheme}:` &&
    url.host === 'app' &&
    url.username === '' &&
    url.password === ''
  )
}

/** One folder or file name as the build makes them; nothing with dots in front, drives, streams or separators. */
const safeName = /^[A-Za-z0-9_-][A-Za-z0-9._-]*$/

/** Names that Windows takes for devices in every folder, with any extension. */
const deviceName = /^(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|$)/i

function isSafe(name: string): boolean {
  return safeName.test(name) && !deviceName.test(name) && !name.endsWith('.')
}

/**
 * The file that an address of the page asks for, or null for anything that is not plainly a file below `root`.
 * @param root absolute path of the built page
 * @param address the address as the page asked for it
 */
export function resolveAsset(root: string, address: string): string | null {
  if (!isPageAddress(address)) return null
  const url = new URL(address)
  // The address itself is judged too: parsing has already folded `..` away, and what we make never holds an escape.
  if (/[\\%]|\/\.{1,2}(?:\/|$|[?#])/.test(address) || url.search !== '') return null
  const names = url.pathname.slice(1).split('/')
  const wanted = url.pathname === '/' || url.pathname === '' ? ['index.html'] : names
  if (!wanted.every(isSafe)) return null
  const file = join(root, ...wanted)
  const inside = relative(root, file)
  return inside === '' || inside.startsWith(`..${sep}`) || inside === '..' || isAbsolute(inside) ? null : file
}
