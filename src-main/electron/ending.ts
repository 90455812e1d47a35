import { app, type BrowserWindow, dialog, powerMonitor } from 'electron'
import type { Sentence } from '../../src-preload/contract/paging.ts'
import type { Companion } from '../companion.ts'
import type { PreferenceStore } from './preferences.ts'
import { shellWords } from './words.ts'

/** Milliseconds that running work gets to end when Kaunta is quit. */
const drainMs = 5_000
/** Closing after a fault takes no longer, or is given up: what was accepted is on disk either way. */
const closingMs = 15_000

/** Quitting waits for the outbox to drain; answers whether it has begun. */
export function quitWhenSettled(companion: Companion, window: BrowserWindow): () => boolean {
  let ending: Promise<void> | null = null
  let ended = false
  const end = async () => {
    try {
      await companion.drain(drainMs)
    } finally {
      await companion.close()
    }
  }
  app.on('before-quit', (event) => {
    if (ended) return
    event.preventDefault()
    // A person who quits sees it happen; the calls in flight end behind it.
    window.hide()
    // What did not end is carried on at the next start; a failure to close must not keep the machine from shutting down.
    ending ??= end()
      .catch(() => {})
      .then(() => {
        ended = true
        app.quit()
      })
  })
  powerMonitor.on('shutdown', () => app.quit())
  return () => ending !== null
}

/** Closing the window leaves Kaunta sending behind its tray icon, and says so the first time. */
export function hideOnClose(
  window: BrowserWindow,
  isQuitting: () => boolean,
  preferences: PreferenceStore,
  notify: (notice: Sentence) => void,
): void {
  window.on('close', (event) => {
    if (isQuitting()) return
    event.preventDefault()
    window.hide()
    if (preferences.get('trayExplained')) return
    preferences.set({ trayExplained: true })
    notify(shellWords.stillRunning)
  })
}

/** A run that took another's place and fails so soon would fail for ever. */
const soonMs = 10 * 60_000
const afterFault = '--after-fault'

/** The run before met a fault, and this one took its place: the page says so. */
export function tookOver(): boolean {
  return process.argv.includes(afterFault)
}

/**
 * After an error that nobody foresaw nothing in memory can be trusted: it is written down, everything is closed in
 * order, and Kaunta opens again, once; the next start takes up what is on disk. The second time it says so and stays
 * closed.
 */
export function startAgainOnFault(companion: Companion, language: keyof Sentence): void {
  const started = performance.now()
  let ending = false
  const end = async () => {
    const late = new Promise<void>((resolve) => setTimeout(resolve, closingMs))
    await Promise.race([companion.close().catch(() => {}), late])
    if (tookOver() && performance.now() - started < soonMs)
      dialog.showErrorBox(shellWords.stopped[language], shellWords.startAgain[language])
    else app.relaunch({ args: [...process.argv.slice(1).filter((one) => one !== afterFault), afterFault] })
    app.exit(1)
  }
  process.on('uncaughtException', (error) => {
    companion.reportFault(error)
    if (ending) return
    ending = true
    void end()
  })
}
