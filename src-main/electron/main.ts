import { join } from 'node:path'
import { app } from 'electron'
import { tookOver } from './ending.ts'
import { openCompanion } from './open-companion.ts'
import { startShell } from './shell.ts'

// The entry of the built shell lies in out/main, and the database's worker beside it.
const databaseWorker = new URL('./database-worker.js', import.meta.url)

void startShell({
  built: join(import.meta.dirname, '..'),
  resources: join(app.getAppPath(), 'resources'),
  openCompanion: (host, restore) => openCompanion(host, { databaseWorker, restore, tookOver: tookOver() }),
})
