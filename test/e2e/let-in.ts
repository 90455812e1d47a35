import type { BrowserContext } from '@playwright/test'
import { pageSecretKept } from '../../src-preload/contract/letting-in.ts'
import type { LetIn } from '../fixtures/let-in.ts'

/** Lets this browser in with what the one-time address gave, as if it had opened it itself. */
export async function letBrowserIn(context: BrowserContext, origin: string, held: LetIn): Promise<void> {
  const [name = '', ...value] = held.cookie.split('=')
  await context.addCookies([
    { name, value: value.join('='), url: origin, httpOnly: true, sameSite: 'Strict' },
  ])
  await context.addInitScript(
    ({ key, secret, home }) => {
      if (location.origin === home && localStorage.getItem(key) === null) localStorage.setItem(key, secret)
    },
    { key: pageSecretKept, secret: held.secret, home: origin },
  )
}
