import { smsText } from '../../../src-preload/contract/sms-letters.ts'
import { useWords } from './words.ts'

/** What an SMS makes of words that stand in every one of them, and which of their letters make it dearer; else nothing. */
export function useSmsWords(): (text: string) => string | undefined {
  const { t } = useWords()
  return (text) => {
    const { text: shown, beyond } = smsText(text.trim())
    if (beyond.length > 0) {
      return t('settings.shop.smsDear', { letters: [...new Set(beyond)].slice(0, 5).join(' ') })
    }
    return shown === text.trim() ? undefined : t('settings.shop.smsShown', { text: shown })
  }
}
