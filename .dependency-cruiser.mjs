/**
 * Which room may know which: the arrows of docs/architecture.md. test/layout.test.ts plants a fault for every rule
 * here and requires it to be found, because without @swc/core this tool reports success on nothing.
 */

const foundation = 'database|credentials|http|logging|sockets'
const mechanism = 'outbox|providers|simulator|live|events'
const door = 'electron|server'

/** Files at the top of src-main that every room may use. */
const ground = '^src-main/(?:ports|actor|problem|sleep|money|token-bucket)\\.ts$'
const capability = `^src-main/(?!(?:${foundation}|${mechanism}|${door}|api)/)([^/]+)/`
const test = '\\.test\\.tsx?$|^src-main/providers/conformance/|^test/'
const vendor = '^src-main/providers/(?!conformance/)([^/]+)/'

/** A package by its name, wherever node_modules stands. */
const npm = (names) => `(?:^|/)node_modules/(?:${names})(?:/|$)`

const forbid = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to })

const wholeTree = [
  forbid('no-cycles', 'Rooms that know each other cannot be read alone.', {}, { circular: true }),
  forbid('everything-resolves', 'An import that is not found is not checked either.', {}, { couldNotResolve: true }),
  forbid(
    'product-without-tests',
    'The product must not need its tests.',
    { path: '^src-', pathNot: test },
    { path: test },
  ),
  forbid(
    'electron-in-its-room',
    'Everything else runs under plain Node.',
    { pathNot: '^src-main/electron/|^src-preload/index\\.ts$|^test/' },
    { path: npm('electron|electron-store') },
  ),
]

const bothSides = [
  forbid(
    'contract-is-neutral',
    'Page, REST and tests see the same truth; no Node, no DOM, no room.',
    { path: '^src-preload/contract/', pathNot: test },
    { pathNot: `^src-preload/contract/|${npm('zod|@orpc/contract')}` },
  ),
  forbid(
    'preload-hands-over-a-port',
    'The preload script is one small file that a sandbox can run.',
    { path: '^src-preload/index\\.ts$' },
    { pathNot: `^src-preload/contract/|${npm('electron')}` },
  ),
  forbid(
    'page-knows-the-contract',
    'Node must not leak into the page, not even as a type.',
    { path: '^src-renderer/', pathNot: test },
    { path: '^src-main/|^src-preload/index\\.ts$|^test/' },
  ),
  forbid(
    'page-without-node',
    'The page runs in a sandbox.',
    { path: '^src-renderer/', pathNot: test },
    { dependencyTypes: ['core'] },
  ),
  forbid(
    'main-without-page',
    'The main process does not know who looks at it.',
    { path: '^src-main/|^src-preload/' },
    { path: '^src-renderer/' },
  ),
]

const levels = [
  forbid(
    'foundations-know-no-room',
    'Level 1 stands on ports and the log only.',
    { path: `^src-main/(${foundation})/`, pathNot: test },
    { path: '^src-main/', pathNot: `^src-main/(?:$1|logging)/|${ground}` },
  ),
  forbid(
    'mechanisms-know-no-capability',
    'Level 2 is told what to do; it does not know receipts or payments.',
    { path: `^src-main/(?:${mechanism})/`, pathNot: test },
    { path: '^src-main/', pathNot: `^src-main/(?:${foundation}|${mechanism})/|^src-main/implement\\.ts$|${ground}` },
  ),
  forbid(
    'outbox-knows-no-provider',
    'The companion gives the dispatcher an executor for each lane.',
    { path: '^src-main/outbox/', pathNot: test },
    { path: '^src-main/(?:providers|simulator)/', pathNot: '^src-main/providers/outcome\\.ts$' },
  ),
  forbid(
    'providers-keep-nothing',
    'A provider translates; it neither stores nor queues.',
    { path: '^src-main/providers/', pathNot: test },
    { path: '^src-main/(?:outbox|database|credentials)/' },
  ),
  forbid(
    'capabilities-look-down',
    'Level 3 does not know who asks.',
    { path: capability, pathNot: test },
    { path: `^src-main/(?:api|${door})/|^src-main/(?:companion|capabilities)\\.ts$` },
  ),
  forbid(
    'capabilities-meet-at-the-service',
    'Another capability is reached through its service and its value rules only.',
    { path: capability, pathNot: test },
    { path: capability, pathNot: '^src-main/(?:$1|money)/|^src-main/[^/]+/(?:service|phone|fiscal)\\.ts$' },
  ),
  forbid(
    'money-below-its-rooms',
    'What payments and transfers share knows neither of them.',
    { path: '^src-main/money/', pathNot: test },
    { path: '^src-main/(?:payments|transfers)/' },
  ),
  forbid(
    'procedures-for-the-api',
    'What the contract asks is joined in one place.',
    { path: '^src-main/([^/]+)/', pathNot: `^src-main/api/|${test}` },
    { path: '^src-main/[^/]+/procedures\\.ts$', pathNot: '^src-main/$1/' },
  ),
  forbid(
    'api-looks-down',
    'Level 4 does not know through which door a call came.',
    { path: '^src-main/api/', pathNot: test },
    { path: `^src-main/(?:${door})/|^src-main/companion\\.ts$` },
  ),
  forbid(
    'companion-knows-no-door',
    'Three doors open the same companion.',
    { path: '^src-main/companion\\.ts$' },
    { path: `^src-main/(?:${door})/` },
  ),
  forbid(
    'server-without-electron',
    'The browser door runs where Electron cannot.',
    { path: '^src-main/server/', pathNot: test },
    { path: '^src-main/electron/' },
  ),
]

const rooms = [
  forbid(
    'tables-are-private',
    'Another room that reads a table decides over its rules.',
    { path: '^src-main/([^/]+)/', pathNot: test },
    { path: '^src-main/[^/]+/tables\\.ts$', pathNot: '^src-main/$1/' },
  ),
  forbid(
    'adapter-only-translates',
    'An adapter is a pure translation of one vendor’s words.',
    { path: `${vendor}(?!simulator)`, pathNot: test },
    { path: '^src-main/', pathNot: '^src-main/providers/(?:$1/|(?!registry)[^/]+\\.ts$)|^src-main/http/' },
  ),
  forbid(
    'adapter-without-simulator',
    'One misreading of the documents must not be written twice.',
    { path: `${vendor}(?!simulator)`, pathNot: test },
    { path: '^src-main/providers/[^/]+/simulator' },
  ),
  forbid(
    'simulator-from-the-documents',
    'A simulator is written from the vendor’s documents, never from our adapter.',
    { path: `${vendor}simulator`, pathNot: test },
    { path: '^src-main/', pathNot: '^src-main/providers/simulation\\.ts$|^src-main/providers/$1/simulator' },
  ),
  forbid(
    'simulator-package-list',
    'A simulator needs no client library of anybody; a pairing code is a picture.',
    { path: `${vendor}simulator`, pathNot: test },
    { dependencyTypes: ['npm', 'npm-dev'], pathNot: npm('zod|qrcode') },
  ),
  forbid(
    'adapter-by-registry',
    'The list of vendors stands in one file.',
    { pathNot: `^src-main/providers/registry\\.ts$|${vendor}|${test}` },
    { path: `${vendor}(?!simulator)` },
  ),
  forbid(
    'simulator-by-registry',
    'Live mode never loads a simulator.',
    { pathNot: `^src-main/providers/registry\\.ts$|${vendor}simulator|${test}` },
    { path: `${vendor}simulator` },
  ),
  forbid(
    'simulator-on-demand',
    'The registry loads a simulator by a dynamic import, in practice mode only.',
    { path: '^src-main/providers/registry\\.ts$' },
    { path: `${vendor}simulator`, dynamic: false, dependencyTypesNot: ['type-only'] },
  ),
]

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [...wholeTree, ...bothSides, ...levels, ...rooms],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '\\.(?:json|css|sql|svg|html)$|^(?:out|artefacts|\\.tsbuild)/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.cjs', '.d.ts'],
    },
  },
}
