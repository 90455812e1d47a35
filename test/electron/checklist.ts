import { z } from 'zod'
import { traversals } from './traversals.ts'

/** What the stand-in saw of one run of the built shell. */
export const factsSchema = z.object({
  sandboxed: z.boolean(),
  lockAsked: z.int(),
  errorBoxes: z.array(z.string()),
  preferences: z.record(z.string(), z.unknown()),
  loaded: z.string(),
  privileges: z.array(z.object({ scheme: z.string(), privileges: z.record(z.string(), z.boolean()) })),
  schemes: z.array(z.string()),
  navigation: z.object({
    away: z.array(z.boolean()),
    file: z.boolean(),
    lookAlike: z.boolean(),
    home: z.boolean(),
  }),
  webviewHeld: z.boolean(),
  windowOpen: z.array(z.string()),
  opened: z.array(z.string()),
  permissions: z.object({ requests: z.array(z.boolean()), check: z.unknown(), device: z.unknown() }),
  network: z.object({ away: z.boolean(), file: z.boolean(), home: z.boolean(), picture: z.boolean() }),
  page: z.object({ status: z.int(), headers: z.record(z.string(), z.string()), text: z.string() }),
  posted: z.int(),
  paths: z.array(z.object({ address: z.string(), status: z.int(), leaked: z.boolean() })),
  channels: z.array(z.string()),
  answered: z.string(),
  tray: z.object({
    locked: z.array(z.tuple([z.string().nullable(), z.int()])),
    open: z.array(z.tuple([z.string().nullable(), z.int()])),
  }),
  strangers: z.record(z.string(), z.int()),
  preload: z.object({
    exposed: z.record(z.string(), z.unknown()),
    frozen: z.boolean(),
    heard: z.array(z.string()),
    sent: z.array(z.string()),
    required: z.array(z.string()),
  }),
  menuBar: z.unknown(),
  trays: z.int(),
  second: z.array(z.string()),
  close: z.object({ held: z.boolean(), did: z.array(z.string()), notices: z.int() }),
  electron: z.string(),
  quit: z.object({ atOnce: z.int(), inTheEnd: z.int() }),
})
export type Facts = z.infer<typeof factsSchema>

interface Point {
  /** Of Electron's own list. */
  readonly numbers: string
  readonly name: string
  /** What is wrong, or null. */
  readonly fault: (facts: Facts) => string | null
  /** Ways to break it, each of which `fault` must notice. */
  readonly spoils: readonly ((facts: Facts) => void)[]
}

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "object-src 'none'",
  "require-trusted-types-for 'script'",
]

function wants(holds: boolean, words: string): string | null {
  return holds ? null : words
}

/** A web preference that must be said aloud, whatever Electron's default is. */
function preference(numbers: string, name: string, value: boolean): Point {
  return {
    numbers,
    name: `${name} is ${value}, said aloud`,
    fault: ({ preferences }) => wants(preferences[name] === value, `${name} is ${String(preferences[name])}`),
    spoils: [
      (facts) => {
        facts.preferences[name] = !value
      },
      (facts) => {
        delete facts.preferences[name]
      },
    ],
  }
}

export const points: readonly Point[] = [
  {
    numbers: '1',
    name: 'only our own page is loaded, and nothing reaches the network from it',
    fault: ({ loaded, network }) =>
      wants(
        loaded.startsWith('kaunta://app/') &&
          network.away &&
          network.file &&
          !network.home &&
          !network.picture,
        `${loaded} ${JSON.stringify(network)}`,
      ),
    spoils: [
      (facts) => {
        facts.loaded = 'https://kaunta.example/'
      },
      (facts) => {
        facts.network.away = false
      },
      (facts) => {
        facts.network.file = false
      },
    ],
  },
  preference('2', 'nodeIntegration', false),
  preference('2', 'nodeIntegrationInWorker', false),
  preference('2', 'nodeIntegrationInSubFrames', false),
  preference('3', 'contextIsolation', true),
  preference('4', 'sandbox', true),
  {
    numbers: '4',
    name: 'every renderer is sandboxed',
    fault: ({ sandboxed }) => wants(sandboxed, 'app.enableSandbox was not called'),
    spoils: [
      (facts) => {
        facts.sandboxed = false
      },
    ],
  },
  {
    numbers: '5',
    name: 'every permission is refused',
    fault: ({ permissions: { requests, check, device } }) =>
      wants(
        requests.length === 6 && !requests.includes(true) && check === false && device === false,
        JSON.stringify({ requests, check, device }),
      ),
    spoils: [
      (facts) => {
        facts.permissions.requests = []
      },
      (facts) => {
        facts.permissions.requests[0] = true
      },
      (facts) => {
        facts.permissions.check = 'no handler'
      },
      (facts) => {
        facts.permissions.device = true
      },
    ],
  },
  preference('6', 'webSecurity', true),
  {
    numbers: '7',
    name: 'the content security policy is whole, on the page and on refusals',
    fault: ({ page }) => {
      const given = (page.headers['content-security-policy'] ?? '').split('; ')
      return wants(page.status === 200 && JSON.stringify(given) === JSON.stringify(policy), given.join('; '))
    },
    spoils: [
      (facts) => {
        facts.page.headers = {}
      },
      (facts) => {
        facts.page.headers['content-security-policy'] = policy
          .join('; ')
          .replace("script-src 'self'", "script-src 'self' 'unsafe-inline'")
      },
    ],
  },
  preference('8', 'allowRunningInsecureContent', false),
  preference('9', 'experimentalFeatures', false),
  {
    numbers: '10',
    name: 'no feature of Blink is switched on',
    fault: ({ preferences }) => wants(!('enableBlinkFeatures' in preferences), 'enableBlinkFeatures is set'),
    spoils: [
      (facts) => {
        facts.preferences.enableBlinkFeatures = 'X'
      },
    ],
  },
  preference('11', 'webviewTag', false),
  {
    numbers: '12',
    name: 'no webview can be attached',
    fault: ({ webviewHeld }) => wants(webviewHeld, 'will-attach-webview went through'),
    spoils: [
      (facts) => {
        facts.webviewHeld = false
      },
    ],
  },
  {
    numbers: '13',
    name: 'nothing leads away from our page; a reload does not',
    fault: ({ navigation: { away, file, lookAlike, home } }) =>
      wants(
        away.length === 3 && !away.includes(false) && file && lookAlike && !home,
        JSON.stringify({ away, file, lookAlike, home }),
      ),
    spoils: [
      (facts) => {
        facts.navigation.away[2] = false
      },
      (facts) => {
        facts.navigation.file = false
      },
      (facts) => {
        facts.navigation.lookAlike = false
      },
    ],
  },
  {
    numbers: '14',
    name: 'no window is opened',
    fault: ({ windowOpen }) =>
      wants(windowOpen.length > 5 && windowOpen.every((action) => action === 'deny'), windowOpen.join()),
    spoils: [
      (facts) => {
        facts.windowOpen[0] = 'allow'
      },
      (facts) => {
        facts.windowOpen = []
      },
    ],
  },
  {
    numbers: '15',
    name: 'only the listed sites and telephone numbers open outside',
    fault: ({ opened }) =>
      wants(
        JSON.stringify(opened) ===
          JSON.stringify(['https://developer.safaricom.co.ke/apis', 'tel:+254712345678']),
        opened.join(),
      ),
    spoils: [
      (facts) => {
        facts.opened.push('https://developer.safaricom.co.ke@evil.test/')
      },
      (facts) => {
        facts.opened.push('file:///etc/passwd')
      },
    ],
  },
  {
    numbers: '16',
    name: 'Electron is pinned, and no older than the one this was written for',
    fault: ({ electron }) =>
      wants(/^\d+\.\d+\.\d+$/.test(electron) && Number(electron.split('.')[0]) >= 45, electron),
    spoils: [
      (facts) => {
        facts.electron = '^45.4.1'
      },
      (facts) => {
        facts.electron = '44.0.0'
      },
    ],
  },
  {
    numbers: '17',
    name: 'only the main frame of our own window is answered, on the one channel there is',
    fault: ({ strangers, channels, answered }) =>
      wants(
        Object.keys(strangers).length === 5 &&
          Object.values(strangers).every((ports) => ports === 0) &&
          channels.join() === 'ready' &&
          answered === 'practice',
        JSON.stringify({ strangers, channels, answered }),
      ),
    spoils: [
      (facts) => {
        facts.strangers['a foreign origin'] = 1
      },
      (facts) => {
        facts.strangers['no frame'] = 1
      },
      (facts) => {
        facts.channels.push('electron-store-get-data')
      },
    ],
  },
  {
    numbers: '18',
    name: 'the page has its own scheme, and no address walks out of its folder',
    fault: ({ paths, schemes, privileges, posted }) => {
      const leaks = paths.filter(
        ({ address, status, leaked }) => leaked || (status === 200 && !harmless.has(address)),
      )
      const privileged = privileges[0]?.privileges ?? {}
      const rights = Object.keys(privileged).filter((right) => privileged[right])
      const bounded = !rights.includes('bypassCSP') && !rights.includes('allowServiceWorkers')
      return wants(
        paths.length === traversals.length &&
          traversals.length >= 40 &&
          leaks.length === 0 &&
          schemes.join() === 'kaunta' &&
          bounded &&
          posted === 405,
        JSON.stringify({ leaks, schemes, rights, posted }),
      )
    },
    spoils: [
      (facts) => {
        facts.paths[0] = { address: 'kaunta://app/../package.json', status: 200, leaked: true }
      },
      (facts) => {
        facts.schemes.push('file')
      },
      (facts) => {
        const [page] = facts.privileges
        if (page !== undefined) page.privileges.bypassCSP = true
      },
    ],
  },
  {
    numbers: '20',
    name: 'the page gets one frozen fact and one port, and nothing of Electron',
    fault: ({ preload: { exposed, frozen, heard, sent, required } }) =>
      wants(
        JSON.stringify(exposed) === '{"kaunta":{"desktop":true}}' &&
          frozen &&
          heard.join() === 'port' &&
          sent.join() === 'ready' &&
          required.join() === 'electron',
        JSON.stringify({ exposed, frozen, heard, sent, required }),
      ),
    spoils: [
      (facts) => {
        facts.preload.exposed.ipcRenderer = {}
      },
      (facts) => {
        facts.preload.frozen = false
      },
      (facts) => {
        facts.preload.sent.push('ready')
      },
    ],
  },
]

/** Tidied up by parsing into plain screens of the page; answered with the page itself, which is ours to show. */
const harmless: ReadonlySet<string> = new Set([])
