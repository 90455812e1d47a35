import { app, type BrowserWindow, dialog } from 'electron'
import type { Sentence } from '../../src-preload/contract/paging.ts'
import type { PreferenceStore } from './preferences.ts'
import { shellWords } from './words.ts'

/** Explains the other mode and, if the person agrees, remembers it and starts Kaunta again in it. */
export async function switchMode(
  window: BrowserWindow,
  preferences: PreferenceStore,
  language: keyof Sentence,
): Promise<void> {
  const practising = preferences.get('mode') === 'practice'
  const { response } = await dialog.showMessageBox(window, {
    type: 'question',
    message: (practising ? shellWords.goLive : shellWords.goPractice)[language],
    detail: (practising ? shellWords.goLiveDetail : shellWords.goPracticeDetail)[language],
    buttons: [shellWords.cancel[language], shellWords.restart[language]],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  })
  if (response !== 1) return
  preferences.set({ mode: practising ? 'live' : 'practice' })
  app.relaunch()
  app.quit()
}
