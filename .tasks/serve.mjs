import { join } from 'node:path'
import { ensureBuilt } from './build.mjs'
import { become, ensureInstalled, node24, root } from './tools.mjs'

/** `npm run serve`: the browser door in the foreground. Its one JSON line is all that goes to standard output. */

ensureInstalled({ quiet: true })
ensureBuilt({ quiet: true })
become(node24, [join(root, 'out', 'main', 'server.js'), ...process.argv.slice(2)])
