import { Button, Kbd, TextInput } from '@mantine/core'
import { type KeyboardEvent, useId, useState } from 'react'
import type { Notice } from '../../../src-preload/contract/payments.ts'
import type { Sale } from '../../../src-preload/contract/receipts.ts'
import { networkName } from '../../components/network-name.ts'
import { problemOf } from '../../components/problem.ts'
import { useFocusOnShow } from '../../components/use-focus-on-show.ts'
import { useWording } from '../../components/use-wording.ts'
import { useWords } from '../../i18n/use-words.ts'
import { useFittingNotices } from './use-fitting-notices.ts'
import { useNetworks } from './use-networks.ts'
import type { SaleWorkspace } from './use-sale-workspace.ts'

interface CodePanelProps {
  readonly sale: Sale
  readonly workspace: SaleWorkspace
  readonly dueMinor: number
}

interface NoticesProps {
  readonly id: string
  readonly notices: readonly Notice[]
  readonly active: number
  readonly onTake: (notice: Notice) => void
}

/** Money that came in by itself and may be this sale's. */
function Notices({ id, notices, active, onTake }: NoticesProps) {
  const { t } = useWords()
  const { money, time } = useWording()
  return (
    <div id={id} role="listbox" aria-label={t('codePanel.notices')} className="fitting">
      {notices.map((notice, index) => (
        // The text field keeps the focus and the keys; this is its list.
        <div
          key={notice.id}
          id={`${id}-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === active}
          className="fitting-row"
          onMouseDown={(event) => {
            event.preventDefault()
            onTake(notice)
          }}
        >
          <strong className="figures">{money(notice.amountMinor, notice.currency)}</strong>
          <span className="figures">{notice.phoneShown}</span>
          <span className="fitting-name">{notice.payerName}</span>
          <span>{notice.code}</span>
          <span className="quiet figures">{time(notice.paidAt)}</span>
        </div>
      ))}
    </div>
  )
}

interface AccountProps {
  readonly sale: Sale
  readonly chosen: string | null
  readonly onChoose: (accountId: string | null) => void
}

/** Whose code it is: its own shape usually tells. */
function CodeAccount({ sale, chosen, onChoose }: AccountProps) {
  const { t } = useWords()
  const networks = useNetworks(sale.currency)
  if (networks.length < 2) return null
  const choices = [
    { accountId: null, name: t('codePanel.anyNetwork') },
    ...networks.map((network) => ({ accountId: network.accountId, name: networkName(network, networks) })),
  ]
  return (
    <fieldset className="choice-row">
      <legend>{t('payPanel.network')}</legend>
      {choices.map(({ accountId, name }) => (
        <label key={accountId ?? 'any'} className="choice">
          <input
            type="radio"
            name="code-network"
            checked={chosen === accountId}
            onChange={() => onChoose(accountId)}
          />
          <span>{name}</span>
        </label>
      ))}
    </fieldset>
  )
}

/** Which of the listed notices Enter would take: the first that fits the amount, until ↑ ↓ say otherwise. */
function useActive(notices: readonly Notice[], dueMinor: number) {
  const [moved, setMoved] = useState<number | null>(null)
  const fitting = notices.findIndex(({ amountMinor }) => amountMinor === dueMinor)
  const active = Math.min(moved ?? fitting, notices.length - 1)
  const move = (step: number) => {
    if (notices.length > 0) setMoved((active + step + notices.length) % notices.length)
  }
  return { active, move }
}

/** F7: the code from the customer's phone, typed or scanned; Enter in the empty field takes the money that came in. */
export function CodePanel({ sale, workspace, dueMinor }: CodePanelProps) {
  const { t } = useWords()
  const { say } = useWording()
  const listId = useId()
  const notices = useFittingNotices(sale)
  const { active, move } = useActive(notices, dueMinor)
  const [code, setCode] = useState('')
  const [accountId, setAccountId] = useState<string | null>(null)
  const [refused, setRefused] = useState<unknown>(null)
  const field = useFocusOnShow<HTMLInputElement>()
  const chosen = code === '' ? notices[active] : undefined
  const submit = () => {
    if (chosen !== undefined) workspace.takeNotice(chosen)
    else if (code.trim() === '') field.current?.focus()
    else workspace.enterCode({ code, accountId }, setRefused)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (code !== '' || (event.key !== 'ArrowDown' && event.key !== 'ArrowUp')) return
    event.preventDefault()
    move(event.key === 'ArrowDown' ? 1 : -1)
  }
  return (
    <form
      className="panel"
      aria-label={t('codePanel.title')}
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      {notices.length === 0 ? null : (
        <Notices
          id={listId}
          notices={notices}
          active={chosen === undefined ? -1 : active}
          onTake={workspace.takeNotice}
        />
      )}
      <TextInput
        ref={field}
        label={t('codePanel.code')}
        description={t(notices.length === 0 ? 'codePanel.help' : 'codePanel.helpNotices')}
        value={code}
        onChange={(event) => {
          setCode(event.currentTarget.value)
          setRefused(null)
        }}
        onKeyDown={onKeyDown}
        error={refused === null ? undefined : say(problemOf(refused).sentence)}
        role="combobox"
        aria-expanded={notices.length > 0}
        aria-controls={notices.length > 0 ? listId : undefined}
        aria-activedescendant={chosen === undefined ? undefined : `${listId}-${active}`}
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        maxLength={40}
      />
      <CodeAccount sale={sale} chosen={accountId} onChoose={setAccountId} />
      <div className="panel-buttons">
        <Button type="submit" rightSection={<Kbd>Enter</Kbd>} aria-busy={workspace.busy.has('code')}>
          {t(chosen === undefined ? 'codePanel.check' : 'codePanel.take')}
        </Button>
        <Button variant="default" rightSection={<Kbd>Esc</Kbd>} onClick={() => workspace.setPanel('none')}>
          {t('common.cancel')}
        </Button>
      </div>
    </form>
  )
}
