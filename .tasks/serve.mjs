import { ensureBuilt } from './build.mjs'
import { become, browserDoor, ensureInstalled, node24 } from './tools.mjs'

/** `npm run serve`: the browser door in the foreground. Its one JSON line is all that goes to standard output. */

ensureInstalled({ quiet: true })
ensureBuilt({ quiet: true })
become(node24, [...browserDoor, ...process.argv.slice(2)])
