import { readdirSync, readFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { extname, join, sep } from 'node:path'
import { gzipSync } from 'node:zlib'

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
}

interface Asset {
  readonly type: string
  readonly body: Buffer
  /** Made when it is first asked for: most of a page's files are not, and a start does not wait for any. */
  readonly gzip: () => Buffer
  readonly immutable: boolean
}

/** Nothing from anywhere but here; the websocket is named since older engines do not count it as 'self'. */
export function contentSecurityPolicy(websocketOrigin: string | null): string {
  const connect = websocketOrigin === null ? "'self'" : `'self' ${websocketOrigin}`
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src ${connect}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
    "require-trusted-types-for 'script'",
  ].join('; ')
}

/** On every answer of every door. */
export const safeHeaders: Readonly<Record<string, string>> = {
  'X-Content-Type-Options': 'nosniff',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
}

/**
 * Serves the built page. The files are read once at start and only those exist: there is no path to walk out of.
 * @param folder the renderer's build
 * @returns false when there is no such file
 */
export function createPage(folder: string, origin: string) {
  const assets = new Map<string, Asset>()
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const type = types[extname(name)]
    if (type === undefined) continue
    const body = readFileSync(join(folder, name))
    const path = `/${name.split(sep).join('/')}`
    assets.set(path, { type, body, gzip: once(() => gzipSync(body)), immutable: path.startsWith('/assets/') })
  }
  const index = assets.get('/index.html')
  if (index === undefined) throw new Error(`the page is not built: ${folder} has no index.html`)
  const policy = contentSecurityPolicy(origin.replace('http', 'ws'))

  // Addresses without an extension are screens of the one page.
  const find = (path: string): Asset | undefined =>
    assets.get(path) ?? (extname(path) === '' ? index : undefined)

  return (request: IncomingMessage, response: ServerResponse): boolean => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return false
    const asset = find((request.url ?? '/').split('?')[0] ?? '/')
    if (asset === undefined) return false
    const zipped = /\bgzip\b/.test(request.headers['accept-encoding'] ?? '')
    const body = zipped ? asset.gzip() : asset.body
    response.writeHead(200, {
      'Content-Type': asset.type,
      'Content-Length': body.length,
      ...(zipped ? { 'Content-Encoding': 'gzip' } : {}),
      'Cache-Control': asset.immutable ? 'private, max-age=31536000, immutable' : 'no-store',
      'Content-Security-Policy': policy,
    })
    response.end(request.method === 'HEAD' ? undefined : body)
    return true
  }
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null
  return () => {
    made ??= { value: make() }
    return made.value
  }
}
