import { createInstance, type i18n } from 'i18next'
import { initReactI18next } from 'react-i18next'
import type { Language } from '../../src-preload/contract/paging.ts'
import type en from './en.json'

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation'
    resources: { translation: typeof en }
  }
}

/** Each language is a file of its own in the build; the page loads the one it shows. */
const wordLists: Readonly<Record<Language, () => Promise<{ default: object }>>> = {
  sw: () => import('./sw.json'),
  en: () => import('./en.json'),
}

/** Loads a language's words once and shows them; also tells the browser which language the page is in. */
export async function showLanguage(words: i18n, language: Language): Promise<void> {
  if (!words.hasResourceBundle(language, 'translation')) {
    words.addResourceBundle(language, 'translation', (await wordLists[language]()).default)
  }
  await words.changeLanguage(language)
  document.documentElement.lang = language
}

/** The words in `language`, ready for the first render. */
export async function createWords(language: Language): Promise<i18n> {
  const words = createInstance()
  await words.use(initReactI18next).init({
    resources: {},
    lng: language,
    interpolation: { escapeValue: false },
    returnNull: false,
  })
  await showLanguage(words, language)
  return words
}
