import type { Language } from '../../src-preload/contract/paging.ts'

const languageMemory = 'kaunta.language'

/** What this page showed last, so that the first paint is right before the shop's settings arrive. */
export function rememberedLanguage(): Language {
  const remembered = window.localStorage.getItem(languageMemory)
  return remembered === 'en' || remembered === 'sw' ? remembered : 'sw'
}

/** For the next time this page is opened. */
export function rememberLanguage(language: Language): void {
  if (window.localStorage.getItem(languageMemory) !== language)
    window.localStorage.setItem(languageMemory, language)
}
