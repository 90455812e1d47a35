import { Button, Kbd, TextInput } from '@mantine/core'
import { type FormEvent, type KeyboardEvent, useState } from 'react'
import { Link } from 'wouter'
import type { MoneyNetwork, Payment } from '../../../src-preload/contract/payments.ts'
import type { Sale } from '../../../src-preload/contract/receipts.ts'
import { Elapsed } from '../../components/elapsed.tsx'
import { readAmountMinor } from '../../components/money.ts'
import { networkName } from '../../components/network-name.ts'
import { isPaymentAlive, paymentStatus } from '../../components/status.ts'
import { StatusMark } from '../../components/status-mark.tsx'
import { useFocusOnShow } from '../../components/use-focus-on-show.ts'
import { useProblemWords, useReason } from '../../components/use-sentences.ts'
import { useStatus } from '../../components/use-shop.ts'
import { useWording } from '../../components/use-wording.ts'
import { useWords } from '../../i18n/use-words.ts'
import { useKaunta } from '../../kaunta.tsx'
import { chosenNetwork, limitTrouble, type NetworkChoice, type Proposal, proposeNetwork } from './networks.ts'
import { useNetworks, useReading } from './use-networks.ts'
import type { SaleWorkspace } from './use-sale-workspace.ts'

interface PayPanelProps {
  readonly sale: Sale
  readonly workspace: SaleWorkspace
  readonly dueMinor: number
}

function NoWallet() {
  const { t } = useWords()
  return (
    <section className="panel" aria-label={t('payPanel.title')}>
      <p role="alert">{t('payPanel.none')}</p>
      <Link href="/settings/accounts">{t('payPanel.openSettings')}</Link>
    </section>
  )
}

interface ChoiceProps {
  readonly networks: readonly MoneyNetwork[]
  readonly chosen: MoneyNetwork
  readonly guessed: boolean
  readonly onChoose: (accountId: string) => void
}

function NetworkChoices({ networks, chosen, guessed, onChoose }: ChoiceProps) {
  const { t } = useWords()
  return (
    <fieldset className="choice-row">
      <legend>
        {t('payPanel.network')}
        {networks.length > 1 ? <span className="quiet"> · {t('payPanel.changeNetwork')}</span> : null}
      </legend>
      {networks.map((network) => (
        <label key={network.accountId} className="choice">
          <input
            type="radio"
            name="network"
            checked={network.accountId === chosen.accountId}
            onChange={() => onChoose(network.accountId)}
          />
          <span>
            {guessed && network.accountId === chosen.accountId
              ? t('counter.networkGuess', { network: networkName(network, networks) })
              : networkName(network, networks)}
          </span>
        </label>
      ))}
    </fieldset>
  )
}

/** What the number's prefix says of this network, where it says anything. */
function Guess({ network, phone, proposal }: NotesProps) {
  const { t } = useWords()
  const { data: info } = useReading(phone)
  const guess = info?.networkGuess ?? null
  if (guess === null || proposal === null) return null
  if (!proposal.guessed)
    return <p className="tone-amber">{t('payPanel.guessNone', { network: t(`network.${guess}`) })}</p>
  if (proposal.network.accountId !== network.accountId) return null
  return <p>{t('payPanel.guess', { network: t(`network.${guess}`) })}</p>
}

interface NotesProps {
  readonly network: MoneyNetwork
  readonly phone: string
  readonly proposal: Proposal | null
}

/** Why this network was put first, and what it cannot do afterwards. */
function Notes(props: NotesProps) {
  const { t } = useWords()
  const reason = useReason()
  const { data: status } = useStatus()
  if (status?.online === false) {
    return (
      <p className="pay-notes tone-red" role="alert">
        ⌁ {t('payPanel.offline')}
      </p>
    )
  }
  return (
    <div className="pay-notes quiet">
      <Guess {...props} />
      {props.network.canAsk ? null : <p>{reason('reportOnly')}</p>}
    </div>
  )
}

/** The sentence for a limit of the network that the amount breaks, before anything is asked. */
function useLimitWords(sale: Sale) {
  const { money } = useWording()
  const problem = useProblemWords()
  return (network: MoneyNetwork, amountMinor: number): string | null => {
    const trouble = limitTrouble(network, amountMinor)
    if (trouble === null) return null
    const code = {
      below: 'AMOUNT_BELOW_LIMIT',
      above: 'AMOUNT_ABOVE_LIMIT',
      cents: 'AMOUNT_NOT_WHOLE',
    } as const
    const limit = trouble === 'below' ? network.minMinor : network.maxMinor
    return problem(code[trouble], {
      provider: network.label,
      amount: money(amountMinor, sale.currency),
      limit: money(limit, sale.currency),
    })
  }
}

/** What the panel would ask of whom: as proposed until something is changed. */
function useRequest({ sale, workspace, dueMinor }: PayPanelProps) {
  const networks = useNetworks(sale.currency)
  const { data: info } = useReading(workspace.draft.phone)
  const [choice, setChoice] = useState<NetworkChoice>({ accountId: null, steps: 0 })
  const [typed, setTyped] = useState<string | null>(null)
  const proposal = proposeNetwork(networks, info ?? null)
  const chosen = chosenNetwork(networks, info ?? null, choice)
  const amountMinor = typed === null ? dueMinor : readAmountMinor(typed)
  return { networks, proposal, chosen, choice, setChoice, typed, setTyped, amountMinor }
}

/** A request is alive, or nothing is owed: what can be done then is looking, not asking. */
function NothingToAsk({
  workspace,
  alive,
}: {
  readonly workspace: SaleWorkspace
  readonly alive: Payment | null
}) {
  const { t } = useWords()
  const { client } = useKaunta()
  const first = useFocusOnShow<HTMLElement>('button')
  const check = (id: string) =>
    workspace.run(`check ${id}`, async () => void (await client.payments.checkNow({ id })))
  return (
    <section ref={first} className="panel" aria-label={t('payPanel.title')}>
      {alive === null ? (
        <p>{t('payPanel.nothing')}</p>
      ) : (
        <p>
          <StatusMark status={paymentStatus(alive)} /> <Elapsed since={alive.promptedAt ?? alive.createdAt} />{' '}
          · {t('payPanel.alive')}
        </p>
      )}
      <div className="panel-buttons">
        {alive?.canAsk === true ? (
          <Button
            aria-busy={workspace.busy.has(`check ${alive.id}`)}
            rightSection={<Kbd>Enter</Kbd>}
            onClick={() => check(alive.id)}
          >
            {t('counter.checkNow')}
          </Button>
        ) : null}
        <Button variant="default" rightSection={<Kbd>Esc</Kbd>} onClick={() => workspace.setPanel('none')}>
          {t('common.close')}
        </Button>
      </div>
    </section>
  )
}

/** F4: the request that is alive with its clock, or what will be asked of whom. */
export function PayPanel(props: PayPanelProps) {
  const { sale, workspace, dueMinor } = props
  const alive = workspace.history.payments.find(isPaymentAlive) ?? null
  const paid = sale.state !== 'draft' && dueMinor === 0
  return alive !== null || paid ? (
    <NothingToAsk workspace={workspace} alive={alive} />
  ) : (
    <AskPanel {...props} />
  )
}

/** What will be asked of whom over which network. Enter asks; ← → change the network. */
function AskPanel(props: PayPanelProps) {
  const { sale, workspace, dueMinor } = props
  const { t } = useWords()
  const { figure, money } = useWording()
  const request = useRequest(props)
  const { networks, chosen, choice, amountMinor } = request
  const [tried, setTried] = useState(false)
  const limitWords = useLimitWords(sale)
  const askButton = useFocusOnShow<HTMLButtonElement>()
  if (chosen === null) return <NoWallet />
  const { network } = chosen
  const broken = amountMinor === null ? t('payPanel.badAmount') : limitWords(network, amountMinor)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (amountMinor === null || (broken !== null && dueMinor > 0)) return
    workspace.ask({
      phone: null,
      amountMinor: request.typed === null ? null : amountMinor,
      ...choice,
    })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target instanceof HTMLInputElement && event.target.type === 'text') return
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return
    event.preventDefault()
    const step = event.key === 'ArrowRight' ? 1 : -1
    request.setChoice(({ accountId, steps }) => ({ accountId, steps: steps + step }))
  }
  return (
    <form
      className="panel pay-panel"
      aria-label={t('payPanel.title')}
      onKeyDown={onKeyDown}
      onSubmit={submit}
    >
      <TextInput
        label={t('payPanel.amount')}
        value={request.typed ?? figure(dueMinor)}
        onChange={(event) => request.setTyped(event.currentTarget.value)}
        error={broken !== null && (tried || request.typed !== null || dueMinor > 0) ? broken : undefined}
        inputMode="decimal"
        autoComplete="off"
      />
      <div>
        <NetworkChoices
          networks={networks}
          chosen={network}
          guessed={chosen.guessed}
          onChoose={(accountId) => request.setChoice({ accountId, steps: 0 })}
        />
        <Notes network={network} phone={workspace.draft.phone} proposal={request.proposal} />
      </div>
      <div className="panel-buttons">
        <Button
          ref={askButton}
          type="submit"
          rightSection={<Kbd>Enter</Kbd>}
          aria-busy={workspace.busy.has('pay')}
        >
          {t('payPanel.ask')} {amountMinor === null ? '' : money(amountMinor, sale.currency)}
        </Button>
        <Button variant="default" rightSection={<Kbd>Esc</Kbd>} onClick={() => workspace.setPanel('none')}>
          {t('common.cancel')}
        </Button>
      </div>
    </form>
  )
}
