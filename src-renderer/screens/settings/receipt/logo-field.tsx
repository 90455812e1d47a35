import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { type DragEvent, useRef, useState } from 'react'
import { ErrorBanner } from '../../../components/error-banner.tsx'
import { useAction } from '../../../components/use-action.ts'
import { useKaunta } from '../../../kaunta.tsx'
import { useWords } from '../words.ts'
import { base64Of, logoTypes, whyNoLogo } from './logo-file.ts'

interface LogoFieldProps {
  readonly hasLogo: boolean
  /** The layout has the logo printed. */
  readonly shown: boolean
  readonly onShow: (shown: boolean) => void
}

/** Keeps and removes the logo, each at once; what is printed of it follows the switch. */
function useLogo(onShow: (shown: boolean) => void) {
  const { t } = useWords()
  const { client, queries } = useKaunta()
  const cache = useQueryClient()
  const action = useAction()
  const [words, setWords] = useState<{ readonly good: boolean; readonly text: string } | null>(null)
  const keep = async ({ hasLogo }: { readonly hasLogo: boolean }) => {
    cache.setQueryData(queries.receiptLayout.get.queryKey(), (before) =>
      before === undefined ? undefined : { ...before, hasLogo },
    )
    await cache.invalidateQueries({ queryKey: queries.receiptLayout.preview.key() })
    setWords({ good: true, text: t(hasLogo ? 'settings.receipt.logoTaken' : 'settings.receipt.logoRemoved') })
  }
  const take = (file: File | undefined) => {
    if (file === undefined) return
    const why = whyNoLogo(file)
    if (why !== null) {
      action.reset()
      setWords({
        good: false,
        text: t(`settings.receipt.${why}`, { size: (file.size / 1_000_000).toFixed(1) }),
      })
      return
    }
    setWords(null)
    void action.run(async () => {
      await keep(await client.receiptLayout.setLogo({ base64: await base64Of(file) }))
      onShow(true)
    })
  }
  const remove = () => {
    setWords(null)
    void action.run(async () => keep(await client.receiptLayout.removeLogo()))
  }
  return { action, words, take, remove }
}

/** The shop's logo: a picture chosen with a button or dropped here. */
export function LogoField({ hasLogo, shown, onShow }: LogoFieldProps) {
  const { t } = useWords()
  const { action, words, take, remove } = useLogo(onShow)
  const file = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    take(event.dataTransfer.files[0])
  }
  return (
    <fieldset
      className={over ? 'form layout-part logo-over' : 'form layout-part'}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <legend>{t('settings.receipt.logoTitle')}</legend>
      <p className="quiet">{t(hasLogo ? 'settings.receipt.logoThere' : 'settings.receipt.logoNone')}</p>
      <div className="save-row">
        <input
          ref={file}
          type="file"
          hidden
          accept={logoTypes.join(',')}
          aria-label={t('settings.receipt.logoChoose')}
          onChange={(event) => {
            take(event.currentTarget.files?.[0])
            // The same file may be chosen again after it was corrected.
            event.currentTarget.value = ''
          }}
        />
        <Button variant="light" aria-busy={action.busy} onClick={() => file.current?.click()}>
          {t(hasLogo ? 'settings.receipt.logoReplace' : 'settings.receipt.logoChoose')}
        </Button>
        <span className="quiet">{t('settings.receipt.logoDrop')}</span>
        {hasLogo ? (
          <Button variant="default" onClick={remove}>
            {t('settings.receipt.logoRemove')}
          </Button>
        ) : null}
      </div>
      <label className="check">
        <input
          type="checkbox"
          checked={shown}
          disabled={!hasLogo}
          onChange={(event) => onShow(event.currentTarget.checked)}
        />
        {t('settings.receipt.logo')}
      </label>
      {action.error === null ? (
        <p role="status" className={words?.good === false ? 'tone-red logo-words' : 'good logo-words'}>
          {words === null ? '' : `${words.good ? '✓' : '✕'} ${words.text}`}
        </p>
      ) : (
        <ErrorBanner error={action.error} />
      )}
    </fieldset>
  )
}
