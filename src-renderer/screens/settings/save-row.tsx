import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { ErrorBanner } from '../../components/error-banner.tsx'
import type { Action } from '../../components/use-action.ts'
import { useWords } from './words.ts'

interface SaveRowProps {
  readonly action: Action
  readonly children?: ReactNode
}

/** The foot of a form: save, what was refused, and that it is kept. */
export function SaveRow({ action, children }: SaveRowProps) {
  const { t } = useWords()
  return (
    <>
      <ErrorBanner error={action.error} />
      <div className="save-row">
        <Button type="submit" aria-busy={action.busy}>
          {t('common.save')}
        </Button>
        {children}
        <span role="status" className="good">
          {action.done ? `✓ ${t('common.saved')}` : ''}
        </span>
      </div>
    </>
  )
}
