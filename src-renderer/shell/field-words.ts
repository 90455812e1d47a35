import { useEffect } from 'react'
import { useWords } from '../i18n/use-words.ts'

function isField(
  target: EventTarget | null,
): target is HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement {
  return (
    target instanceof HTMLInputElement ||
    target instanceof HTMLSelectElement ||
    target instanceof HTMLTextAreaElement
  )
}

/** The browser says in its own language what a field lacks; here it says it in the user's. */
export function useFieldWords(): void {
  const { t } = useWords()
  useEffect(() => {
    // A field that judges itself keeps its own word: only ours is taken back.
    const ours = new WeakSet<EventTarget>()
    const onInvalid = ({ target }: Event) => {
      if (!isField(target) || target.validity.customError) return
      target.setCustomValidity(t(target.validity.valueMissing ? 'field.missing' : 'field.badForm'))
      ours.add(target)
    }
    const onTyped = ({ target }: Event) => {
      if (isField(target) && ours.delete(target)) target.setCustomValidity('')
    }
    window.addEventListener('invalid', onInvalid, true)
    window.addEventListener('input', onTyped, true)
    window.addEventListener('change', onTyped, true)
    return () => {
      window.removeEventListener('invalid', onInvalid, true)
      window.removeEventListener('input', onTyped, true)
      window.removeEventListener('change', onTyped, true)
    }
  }, [t])
}
