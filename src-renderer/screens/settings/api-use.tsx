import { Fragment } from 'react'
import type { Status } from '../../../src-preload/contract/live.ts'
import { useWords } from './words.ts'

interface ApiUseProps {
  readonly secret: string
  /** The loopback address of the door this page came through; null in the window, which serves no other programs. */
  readonly door: string | null
  readonly status: Pick<Status, 'mode' | 'dataFolder'> | undefined
}

/** Free on nearly every computer; it must be known before the door is opened. */
const usualPort = 47_811

/** Opens the door for other programs, over the data of this window. */
function doorCommand({ mode, dataFolder }: Pick<Status, 'mode' | 'dataFolder'>): string {
  const practice = mode === 'practice' ? '--practice ' : ''
  // Each mode has its own folder in the one that is named on the command line.
  const folder = dataFolder.replace(/[\\/](?:live|practice)$/, '')
  return `npm run serve -- ${practice}--port ${usualPort} --data "${folder}"`
}

/** Where a key is used: the address, its description, and a first call to try. */
export function ApiUse({ secret, door, status }: ApiUseProps) {
  const { t } = useWords()
  const api = `${door ?? `http://127.0.0.1:${usualPort}`}/api/v1`
  const rows = [
    ...(door === null && status !== undefined
      ? [{ name: t('settings.apiKeys.openDoor'), code: doorCommand(status) }]
      : []),
    { name: t('settings.apiKeys.address'), code: api },
    { name: t('settings.apiKeys.document'), code: `${api}/openapi.json` },
    {
      name: t('settings.apiKeys.tryIt'),
      code: `curl -H "Authorization: Bearer ${secret}" ${api}/openapi.json`,
    },
  ]
  return (
    <>
      {door === null ? <p>{t('settings.apiKeys.windowOnly')}</p> : null}
      <dl className="facts">
        {rows.map(({ name, code }) => (
          <Fragment key={name}>
            <dt>{name}</dt>
            <dd>
              <code>{code}</code>
            </dd>
          </Fragment>
        ))}
      </dl>
    </>
  )
}
