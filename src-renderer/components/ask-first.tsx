import { Button } from '@mantine/core'
import { useState } from 'react'
import { useWords } from '../i18n/use-words.ts'
import { Dialog } from './dialog.tsx'
import { ErrorBanner } from './error-banner.tsx'
import { useAction } from './use-action.ts'

interface AskFirstProps {
  /** What the button does, on the button and again in the question. */
  readonly label: string
  readonly title: string
  readonly ask: string
  readonly act: () => Promise<unknown>
  readonly onDone: () => unknown
  readonly size?: 'sm' | 'md'
}

/** A button for what cannot be undone: it asks, then acts, and says what went wrong. */
export function AskFirst({ label, title, ask, act, onDone, size = 'md' }: AskFirstProps) {
  const { t } = useWords()
  const [asking, setAsking] = useState(false)
  const action = useAction()
  const goOn = async () => {
    if (!(await action.run(act))) return
    setAsking(false)
    await onDone()
  }
  return (
    <>
      <Button variant="default" size={size} onClick={() => setAsking(true)}>
        {label}
      </Button>
      {asking ? (
        <Dialog title={title} onClose={() => setAsking(false)}>
          <p>{ask}</p>
          <ErrorBanner error={action.error} />
          <div className="panel-buttons">
            <Button color="red" onClick={() => void goOn()}>
              {label}
            </Button>
            <Button variant="default" onClick={() => setAsking(false)}>
              {t('common.cancel')}
            </Button>
          </div>
        </Dialog>
      ) : null}
    </>
  )
}
