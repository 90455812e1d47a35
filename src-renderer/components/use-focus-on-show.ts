import { type RefObject, useLayoutEffect, useRef } from 'react'

/** Focuses an element as it appears, before the next key can arrive. */
export function useFocusOnShow<T extends HTMLElement>(): RefObject<T | null> {
  const element = useRef<T>(null)
  useLayoutEffect(() => element.current?.focus(), [])
  return element
}
