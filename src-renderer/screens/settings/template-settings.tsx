import { Button, SegmentedControl, Textarea } from '@mantine/core'
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useDeferredValue, useRef, useState } from 'react'
import { channelNames } from '../../../src-preload/contract/channels.ts'
import type { Template } from '../../../src-preload/contract/messaging.ts'
import type { Language } from '../../../src-preload/contract/paging.ts'
import { channelNamed, channelViews, firstChannel } from '../../components/channels.ts'
import { ErrorBanner } from '../../components/error-banner.tsx'
import { useAction } from '../../components/use-action.ts'
import { useShop } from '../../components/use-shop.ts'
import { useKaunta } from '../../kaunta.tsx'
import { SaveRow } from './save-row.tsx'
import { useWords } from './words.ts'

/** How a variable stands in a template. */
function mark(name: string): string {
  return `{{${name}}}`
}

function Preview({ template }: { readonly template: Template }) {
  const { t } = useWords()
  const { queries } = useKaunta()
  const { data: sale } = useQuery(queries.sales.current.queryOptions())
  const { channel, language, text } = useDeferredValue(template)
  const { data, error } = useQuery({
    ...queries.messages.preview.queryOptions({
      input: { saleId: sale?.id ?? '', channel, language, text },
    }),
    enabled: sale !== undefined,
    placeholderData: keepPreviousData,
    gcTime: 0,
  })
  return (
    <section aria-label={t('settings.templates.preview')}>
      <h2>{t('settings.templates.preview')}</h2>
      <ErrorBanner error={error} />
      {data === undefined ? null : (
        <>
          <p className="preview">{data.body}</p>
          {channelViews[channel].inParts ? (
            <p className="quiet figures" aria-live="polite">
              {t('receiptPanel.size', {
                count: data.size.segments,
                left: data.size.left,
                encoding: data.size.encoding,
              })}
            </p>
          ) : null}
        </>
      )}
    </section>
  )
}

interface TemplateFormProps {
  readonly initial: Template
  readonly variables: readonly { readonly name: string; readonly example: string }[]
}

function TemplateForm({ initial, variables }: TemplateFormProps) {
  const { t } = useWords()
  const { client, queries } = useKaunta()
  const cache = useQueryClient()
  const [text, setText] = useState(initial.text)
  const area = useRef<HTMLTextAreaElement>(null)
  const action = useAction()
  const template = { ...initial, text }
  const put = (name: string) => {
    const at = area.current?.selectionStart ?? text.length
    setText(`${text.slice(0, at)}${mark(name)}${text.slice(at)}`)
    action.reset()
    area.current?.focus()
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void action.run(async () => {
      await client.templates.save(template)
      await cache.invalidateQueries({ queryKey: queries.templates.key() })
    })
  }
  return (
    <form className="form" onSubmit={submit}>
      <Textarea
        ref={area}
        label={t('settings.templates.text')}
        rows={6}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value)
          action.reset()
        }}
      />
      <fieldset>
        <legend className="quiet">{t('settings.templates.variables')}</legend>
        <div className="variables">
          {variables.map(({ name, example }) => (
            <Button
              key={name}
              size="sm"
              variant="default"
              title={t('settings.templates.example', { example })}
              onClick={() => put(name)}
            >
              {mark(name)}
            </Button>
          ))}
        </div>
      </fieldset>
      <Preview template={template} />
      <SaveRow action={action} />
    </form>
  )
}

/** The words of receipts, by channel and language, with their size and a look at the result. */
export default function TemplateSettings() {
  const { t } = useWords()
  const { queries } = useKaunta()
  const { data: shop } = useShop()
  const [channel, setChannel] = useState(firstChannel)
  const [picked, setPicked] = useState<Language | null>(null)
  const { data, error } = useQuery(queries.templates.list.queryOptions())
  const language = picked ?? shop?.language ?? 'sw'
  if (data === undefined) return <ErrorBanner error={error} />
  const initial = data.templates.find((one) => one.channel === channel && one.language === language) ?? {
    kind: 'receipt' as const,
    channel,
    language,
    text: '',
  }
  return (
    <div className="settings-card form">
      <p className="quiet">{t('settings.templates.intro')}</p>
      <div className="panel-choices">
        <SegmentedControl
          aria-label={t('settings.templates.channel')}
          value={channel}
          data={channelNames.map((value) => ({ value, label: t(`channel.${value}`) }))}
          onChange={(value) => setChannel(channelNamed(value))}
        />
        <SegmentedControl
          aria-label={t('settings.templates.language')}
          value={language}
          data={(['sw', 'en'] as const).map((value) => ({ value, label: t(`language.${value}`) }))}
          onChange={(value) => setPicked(value === 'en' ? 'en' : 'sw')}
        />
      </div>
      <TemplateForm key={`${channel} ${language}`} initial={initial} variables={data.variables} />
    </div>
  )
}
