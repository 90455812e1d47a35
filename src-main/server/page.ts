import { readdirSync, readFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { extname, join, sep } from 'node:path'
import { gzipSync } from 'node:zlib'
import { pageSecretName } from '../../src-preload/contract/letting-in.ts'

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

export interface Page {
  /** @param origin ours, e.g. http://127.0.0.1:4711 @returns false when there is no such file */
  serve(request: IncomingMessage, response: ServerResponse, origin: string): boolean
  /** Answers the page with the secret that it keeps for itself. */
  letIn(response: ServerResponse, origin: string, secret: string): void
}

/**
 * Serves the built page. The files are read once at start and only those exist: there is no path to walk out of.
 * @param folder the renderer's build
 */
export function createPage(folder: string): Page {
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
  const policyFor = (origin: string) => contentSecurityPolicy(origin.replace('http', 'ws'))

  // Addresses without an extension are screens of the one page.
  const find = (path: string): Asset | undefined =>
    assets.get(path) ?? (extname(path) === '' ? index : undefined)

  const letIn: Page['letIn'] = (response, origin, secret) => {
    const mark = `<meta name="${pageSecretName}" content="${secret}" />`
    // Before every script: one of them runs as soon as it is there.
    const body = index.body.toString('utf8').replace('<head>', (head) => head + mark)
    response.writeHead(200, {
      'Content-Type': index.type,
      'Cache-Control': 'no-store',
      'Content-Security-Policy': policyFor(origin),
    })
    response.end(body)
  }
  const serve: Page['serve'] = (request, response, origin) => {
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
      'Content-Security-Policy': policyFor(origin),
    })
    response.end(request.method === 'HEAD' ? undefined : body)
    return true
  }
  return { serve, letIn }
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null
  return () => {
    made ??= { value: make() }
    return made.value
  }
}
