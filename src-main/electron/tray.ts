import { Menu, nativeImage, Tray } from 'electron'
import { type ShellActions, shellItems } from './menu.ts'
import { shellWords } from './words.ts'

/**
 * The icon by which a hidden Kaunta is shown again or ended; null where the desktop has no tray.
 * @param icon absolute path of a PNG, 32 × 32
 */
export function openTray(icon: string, actions: ShellActions): Tray | null {
  try {
    const tray = new Tray(nativeImage.createFromPath(icon))
    tray.setToolTip('Kaunta')
    tray.setContextMenu(
      Menu.buildFromTemplate([
        { id: 'show', label: shellWords.show[actions.language], click: () => actions.show() },
        ...shellItems(actions),
      ]),
    )
    tray.on('click', () => actions.show())
    return tray
  } catch {
    return null
  }
}
