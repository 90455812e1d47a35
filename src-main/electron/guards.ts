import type { App, Session, WebContents } from 'electron'
import { openOutside } from './external-links.ts'
import { isPageAddress } from './page-address.ts'

/** The page asks for no right of the machine: not camera, not place, not notifications, not devices. */
function denyPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
}

/** Schemes without a network behind them; the developer tools bring their own page. */
const offline: ReadonlySet<string> = new Set(['data:', 'blob:', 'devtools:'])

/** Whatever slips past the content policy still finds no way out: only main speaks to the network. */
function denyNetwork(session: Session): void {
  session.webRequest.onBeforeRequest(({ url }, answer) => {
    answer({ cancel: !isPageAddress(url) && !offline.has(URL.parse(url)?.protocol ?? '') })
  })
}

/** Keeps contents on our page: no other page, no window, no frame, no webview. */
function guardContents(contents: WebContents): void {
  // The reloads of our own page are let through.
  const stay = (event: { readonly url: string; preventDefault(): void }) => {
    if (!isPageAddress(event.url)) event.preventDefault()
  }
  contents.on('will-navigate', stay)
  contents.on('will-redirect', stay)
  contents.on('will-frame-navigate', stay)
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(({ url }) => {
    openOutside(url)
    return { action: 'deny' }
  })
}

/** Guards every contents that is ever made, whoever makes it. */
export function guardEverything(app: App): void {
  app.on('web-contents-created', (_event, contents) => {
    guardContents(contents)
    denyPermissions(contents.session)
    denyNetwork(contents.session)
  })
}
