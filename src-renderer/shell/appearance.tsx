import { MantineProvider } from '@mantine/core'
import { type ReactNode, useEffect, useSyncExternalStore } from 'react'
import type { Language } from '../../src-preload/contract/paging.ts'
import { useShop } from '../components/use-shop.ts'
import { rememberLanguage } from '../i18n/remembered.ts'
import { useAllWords } from '../i18n/use-words.ts'
import { theme } from '../theme.ts'

const themeMemory = 'kaunta.theme'

type ThemeChoice = 'auto' | 'light' | 'dark'

function rememberedTheme(): ThemeChoice {
  const remembered = window.localStorage.getItem(themeMemory)
  return remembered === 'light' || remembered === 'dark' ? remembered : 'auto'
}

const ownMemory = 'kaunta.ownLanguage'
const ownChanged = 'kaunta-own-language'

interface OwnLanguage {
  readonly language: Language
  /** What the shop's settings said when it was chosen: another word of theirs counts more. */
  readonly over: Language
}

function ownLanguage(): OwnLanguage | null {
  const [language, over] = (window.localStorage.getItem(ownMemory) ?? '').split(' ')
  const isLanguage = (one: string | undefined): one is Language => one === 'en' || one === 'sw'
  return isLanguage(language) && isLanguage(over) ? { language, over } : null
}

/** Whoever sits here reads this language, until the shop's settings choose another. */
export function chooseOwnLanguage(language: Language, over: Language): void {
  window.localStorage.setItem(ownMemory, `${language} ${over}`)
  window.dispatchEvent(new Event(ownChanged))
}

function useOwnLanguage(shops: Language | undefined): Language | undefined {
  const own = useSyncExternalStore(
    (told) => {
      window.addEventListener(ownChanged, told)
      return () => window.removeEventListener(ownChanged, told)
    },
    () => window.localStorage.getItem(ownMemory),
  )
  const chosen = own === null ? null : ownLanguage()
  return shops !== undefined && chosen?.over === shops ? chosen.language : shops
}

/** Language and light or dark, as the shop's settings say. */
export function Appearance({ children }: { readonly children: ReactNode }) {
  const words = useAllWords()
  const { data: shop } = useShop()
  const language = useOwnLanguage(shop?.language)
  const choice: ThemeChoice = shop?.theme ?? rememberedTheme()
  useEffect(() => {
    if (language === undefined) return
    rememberLanguage(language)
    void words.show(language)
  }, [words, language])
  useEffect(() => {
    if (window.localStorage.getItem(themeMemory) !== choice) window.localStorage.setItem(themeMemory, choice)
  }, [choice])
  return (
    <MantineProvider
      theme={theme}
      defaultColorScheme="auto"
      {...(choice === 'auto' ? {} : { forceColorScheme: choice })}
      withCssVariables={false}
      withGlobalClasses={false}
    >
      {children}
    </MantineProvider>
  )
}
