import { CloseButton } from '@mantine/core'
import { type ReactNode, useId, useLayoutEffect } from 'react'
import { useWords } from '../i18n/use-words.ts'
import { useModal } from './modal.ts'

interface DialogProps {
  readonly title: string
  readonly onClose: () => void
  readonly children: ReactNode
  readonly wide?: boolean
}

/**
 * The browser's own modal dialog: it holds the focus and closes on Esc without a line of ours. Mantine's Modal is not
 * used because it locks scrolling with a style element, which the page's policy refuses.
 */
export function Dialog({ title, onClose, children, wide = false }: DialogProps) {
  const { t } = useWords()
  const dialog = useModal()
  const titleId = useId()
  useLayoutEffect(() => {
    const element = dialog.current
    const first =
      element?.querySelector<HTMLElement>('[data-autofocus]') ??
      element?.querySelector<HTMLElement>('.dialog-body :is(input, select, textarea, button, a)')
    first?.focus()
  }, [dialog])
  return (
    <dialog
      ref={dialog}
      className={wide ? 'dialog dialog-wide' : 'dialog'}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
    >
      <header className="dialog-head">
        <h2 id={titleId}>{title}</h2>
        <CloseButton aria-label={t('common.close')} onClick={onClose} size="lg" />
      </header>
      <div className="dialog-body">{children}</div>
    </dialog>
  )
}
