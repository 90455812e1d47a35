import { readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { protocol } from 'electron'
import { contentSecurityPolicy, safeHeaders } from '../server/page.ts'
import { pageScheme, resolveAsset } from './page-address.ts'

/** Files of any other kind are not served. */
const mediaTypes: ReadonlyMap<string, string> = new Map([
  ['.html', 'text/html; charset=utf-8'],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.css', 'text/css; charset=utf-8'],
  ['.json', 'application/json'],
  ['.svg', 'image/svg+xml'],
  ['.png', 'image/png'],
  ['.webp', 'image/webp'],
  ['.ico', 'image/x-icon'],
  ['.woff2', 'font/woff2'],
  ['.mp3', 'audio/mpeg'],
  ['.wav', 'audio/wav'],
])

function headers(mediaType: string): Record<string, string> {
  return {
    'Content-Type': mediaType,
    'Content-Security-Policy': contentSecurityPolicy(null),
    ...safeHeaders,
  }
}

function notFound(): Response {
  return new Response('', { status: 404, headers: headers('text/plain') })
}

/** Answers one request of the page from the built folder; every answer carries the policy, refusals too. */
async function servePage(root: string, request: Request): Promise<Response> {
  if (request.method !== 'GET') return new Response('', { status: 405, headers: headers('text/plain') })
  const asked = resolveAsset(root, request.url)
  // An address without a file type is a screen of the page, which finds its way by itself.
  const file = asked !== null && extname(asked) === '' ? join(root, 'index.html') : asked
  const mediaType = file === null ? undefined : mediaTypes.get(extname(file).toLowerCase())
  if (file === null || mediaType === undefined) return notFound()
  try {
    return new Response(await readFile(file), { status: 200, headers: headers(mediaType) })
  } catch {
    return notFound()
  }
}

/** Makes the scheme an ordinary secure origin. Electron takes this only before it is ready. */
export function declarePageScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: pageScheme,
      privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
    },
  ])
}

/** @param root absolute path of the built page */
export function servePages(root: string): void {
  protocol.handle(pageScheme, (request) => servePage(root, request))
}
