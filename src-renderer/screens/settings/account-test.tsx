import { Button } from '@mantine/core'
import { useState } from 'react'
import type { Sentence } from '../../../src-preload/contract/paging.ts'
import type { Account } from '../../../src-preload/contract/providers.ts'
import { ErrorBanner } from '../../components/error-banner.tsx'
import { ForSupport } from '../../components/for-support.tsx'
import { useAction } from '../../components/use-action.ts'
import { useWording } from '../../components/use-wording.ts'
import { useKaunta } from '../../kaunta.tsx'
import { useWords } from './words.ts'

interface AccountTestProps {
  readonly account: Account | null
  /** Something was typed that is not saved yet: a test would try the old values. */
  readonly changed: boolean
}

/** Makes one harmless real call with the account as it is saved, and says what came back. */
export function AccountTest({ account, changed }: AccountTestProps) {
  const { t } = useWords()
  const { client } = useKaunta()
  const { say } = useWording()
  const action = useAction()
  const [result, setResult] = useState<{ ok: boolean; sentence: Sentence; detail: string | null } | null>(
    null,
  )
  const untestable = account === null || changed
  const test = () => {
    if (account === null) return
    setResult(null)
    void action.run(async () => setResult(await client.accounts.test({ id: account.id })))
  }
  return (
    <div className="save-row">
      <Button variant="light" onClick={test} disabled={untestable} aria-busy={action.busy}>
        {action.busy ? t('settings.accounts.testing') : t('settings.accounts.test')}
      </Button>
      {/* In place of the hint: below it the answer would lie out of sight. */}
      <div role="status">
        {result === null || changed ? (
          <span className="quiet">
            {t(untestable ? 'settings.accounts.testUnsaved' : 'settings.accounts.testHint')}
          </span>
        ) : (
          <p className={result.ok ? 'good' : 'tone-red'}>
            <span aria-hidden="true">{result.ok ? '✓ ' : '✕ '}</span>
            {say(result.sentence)}
          </p>
        )}
      </div>
      {result === null || result.detail === null ? null : <ForSupport lines={[result.detail]} />}
      <ErrorBanner error={action.error} />
    </div>
  )
}
