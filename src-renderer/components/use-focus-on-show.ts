import { type RefObject, useLayoutEffect, useRef } from 'react'

/**
 * Focuses an element as it appears, before the next key can arrive.
 * @param within focuses the first that this selector finds inside it instead
 */
export function useFocusOnShow<T extends HTMLElement>(within?: string): RefObject<T | null> {
  const element = useRef<T>(null)
  useLayoutEffect(() => {
    const field = within === undefined ? element.current : element.current?.querySelector<HTMLElement>(within)
    field?.focus()
  }, [within])
  return element
}
