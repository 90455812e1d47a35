import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron, expect, test } from '@playwright/test'
import { countingKeyboard } from '../keyboard.ts'
import { Counter } from '../pages/counter.ts'
import { PracticeSide } from '../pages/practice.ts'
import { wordsOf } from '../words.ts'

const root = join(import.meta.dirname, '../../..')
const program = electronProgram()

/** Electron's own program, where it was fetched. */
function electronProgram(): string | undefined {
  const folder = join(root, 'node_modules/electron')
  const pathFile = join(folder, 'path.txt')
  const name = existsSync(pathFile) ? readFileSync(pathFile, 'utf8') : 'electron'
  const found = join(process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(folder, 'dist'), name)
  return existsSync(found) ? found : undefined
}

test('the real window: a sale, its receipt, its payment and its paper, by keyboard', async () => {
  test.skip(
    program === undefined,
    'Electron’s program is not on this machine; the built shell is tested on a stand-in',
  )
  const folder = mkdtempSync(join(tmpdir(), 'kaunta-window-'))
  const app = await _electron.launch({
    executablePath: program ?? '',
    args: [root, `--user-data-dir=${folder}`, '--lang=sw'],
  })
  const page = await app.firstWindow()
  const keys = countingKeyboard(page)
  const counter = new Counter(page, wordsOf('sw'), keys)
  const practice = new PracticeSide(page, wordsOf('sw'), keys)
  await counter.isOpen()
  await counter.ringUp('Sukari 2 x 3200')
  await keys.type('0712345678')
  await keys.press('F2')
  await expect(counter.item(counter.status('delivered'))).toBeVisible()
  await counter.askToPay()
  await practice.typePin('1234')
  await expect(counter.item(counter.status('paid'))).toBeVisible()
  await keys.press('F8')
  await expect(counter.item(counter.status('printed'))).toBeVisible()
  await page.screenshot({ path: 'artefacts/screens/window-sw-light.png' })
  await app.close()
  rmSync(folder, { recursive: true, force: true })
})
