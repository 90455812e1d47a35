import { MantineProvider } from '@mantine/core'
import { type ReactNode, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { Language } from '../../src-preload/contract/paging.ts'
import { useShop } from '../components/use-shop.ts'
import { showLanguage } from '../i18n/words.ts'
import { theme } from '../theme.ts'

const languageMemory = 'kaunta.language'
const themeMemory = 'kaunta.theme'

type ThemeChoice = 'auto' | 'light' | 'dark'

/** What this page showed last, so that the first paint is right before the shop's settings arrive. */
export function rememberedLanguage(): Language {
  const remembered = window.localStorage.getItem(languageMemory)
  return remembered === 'en' || remembered === 'sw' ? remembered : 'sw'
}

function rememberedTheme(): ThemeChoice {
  const remembered = window.localStorage.getItem(themeMemory)
  return remembered === 'light' || remembered === 'dark' ? remembered : 'auto'
}

/** Language and light or dark, as the shop's settings say. */
export function Appearance({ children }: { readonly children: ReactNode }) {
  const { i18n } = useTranslation()
  const { data: shop } = useShop()
  const language = shop?.language
  const choice: ThemeChoice = shop?.theme ?? rememberedTheme()
  useEffect(() => {
    if (language === undefined) return
    window.localStorage.setItem(languageMemory, language)
    if (i18n.language !== language) void showLanguage(i18n, language)
  }, [i18n, language])
  useEffect(() => {
    window.localStorage.setItem(themeMemory, choice)
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
