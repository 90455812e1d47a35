import { type BrowserWindow, Menu, type MenuItemConstructorOptions } from 'electron'
import type { Sentence } from '../../src-preload/contract/paging.ts'
import type { Mode } from './open-companion.ts'
import { shellWords } from './words.ts'

/** What a person can ask of the shell itself, wherever its menu hangs. */
export interface ShellActions {
  readonly language: keyof Sentence
  readonly mode: Mode
  show(): void
  switchMode(): void
  quit(): void
}

/** The shell's own items, for the tray, for the right mouse button and for the menu bar of macOS. */
export function shellItems({ language, mode, switchMode, quit }: ShellActions): MenuItemConstructorOptions[] {
  const other = mode === 'practice' ? shellWords.goLive : shellWords.goPractice
  return [
    { id: 'switch-mode', label: other[language], click: switchMode },
    { type: 'separator' },
    { id: 'quit', label: shellWords.quit[language], accelerator: 'CommandOrControl+Q', click: quit },
  ]
}

const cutCopyPaste: readonly MenuItemConstructorOptions[] = [
  { role: 'cut', accelerator: 'CommandOrControl+X' },
  { role: 'copy', accelerator: 'CommandOrControl+C' },
  { role: 'paste', accelerator: 'CommandOrControl+V' },
]

/**
 * The menu bar. The till's function keys belong to the page, and on Windows and Linux a menu bar takes F10 and Alt for
 * itself: there is none. macOS needs one, since copying and pasting come through it.
 */
export function setMenuBar(platform: NodeJS.Platform, actions: ShellActions): void {
  if (platform !== 'darwin') {
    Menu.setApplicationMenu(null)
    return
  }
  const { language } = actions
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      {
        label: 'Kaunta',
        submenu: [{ role: 'hide', accelerator: 'Command+H' }, ...shellItems(actions)],
      },
      {
        label: shellWords.edit[language],
        submenu: [
          { role: 'undo', accelerator: 'Command+Z' },
          { role: 'redo', accelerator: 'Shift+Command+Z' },
          ...cutCopyPaste,
          { role: 'selectAll', accelerator: 'Command+A' },
        ],
      },
      {
        label: shellWords.window[language],
        submenu: [
          { role: 'minimize', accelerator: 'Command+M' },
          { role: 'close', accelerator: 'Command+W' },
        ],
      },
    ]),
  )
}

/** The right mouse button, or the menu key: the only menu on a desktop without menu bar and tray. */
export function openMenuOnRightClick(window: BrowserWindow, actions: ShellActions): void {
  window.webContents.on('context-menu', (_event, { isEditable, selectionText }) => {
    const editing = isEditable ? cutCopyPaste : selectionText === '' ? [] : [cutCopyPaste[1] ?? {}]
    const above: MenuItemConstructorOptions[] =
      editing.length === 0 ? [] : [...editing, { type: 'separator' }]
    Menu.buildFromTemplate([...above, ...shellItems(actions)]).popup({ window })
  })
}
