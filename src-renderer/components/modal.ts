import { type RefObject, useLayoutEffect, useRef } from 'react'

/** What takes the keys where nothing else is meant to: the field that the next key of a screen belongs to. */
const firstKey = '[data-first-key]'

/** Where the keys go, and between which letters. */
export interface Typing {
  readonly field: Element | null
  readonly caret: number | null
}

/** Where the keys go now; the browser forgets the caret as a dialog opens. */
export function typingNow(): Typing {
  const field = document.activeElement
  return { field, caret: field instanceof HTMLInputElement ? field.selectionStart : null }
}

function takesKeys(element: Element | null): element is HTMLElement {
  return element instanceof HTMLElement && element.isConnected && element !== document.body
}

/**
 * Gives the keys back to a field, its caret where it stood; to the screen's first field when that one is gone. A field
 * that the browser itself focused as a dialog closed has no caret, and focusing it once more does nothing: typing would
 * go nowhere. So it loses the focus first.
 */
export function giveKeysBack({ field: before, caret }: Typing): void {
  const field = takesKeys(before) ? before : document.querySelector<HTMLElement>(firstKey)
  if (field === null) return
  field.blur()
  field.focus()
  if (field instanceof HTMLInputElement && field === before && caret !== null)
    field.setSelectionRange(caret, caret)
}

/** The keys go to the screen's first field. */
export function giveKeysToFirst(): void {
  giveKeysBack({ field: null, caret: null })
}

/** Shows the browser's own modal dialog while the calling component is there, and gives the keys back after it. */
export function useModal(): RefObject<HTMLDialogElement | null> {
  const dialog = useRef<HTMLDialogElement>(null)
  useLayoutEffect(() => {
    const element = dialog.current
    const before = typingNow()
    if (element !== null && !element.open) element.showModal()
    return () => {
      element?.close()
      // Another one lies above still, and gives them back in its turn.
      if (document.querySelector('dialog[open]') === null) giveKeysBack(before)
    }
  }, [])
  return dialog
}
