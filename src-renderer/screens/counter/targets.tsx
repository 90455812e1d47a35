import { ActionIcon, Kbd, UnstyledButton } from '@mantine/core'
import type { ReactNode } from 'react'
import { useLocation } from 'wouter'
import type { Sale } from '../../../src-preload/contract/receipts.ts'
import { Icon, type IconName } from '../../components/icon.tsx'
import { networkName } from '../../components/network-name.ts'
import { isPaymentAlive } from '../../components/status.ts'
import { useAccounts } from '../../components/use-accounts.ts'
import { useShop, useStatus } from '../../components/use-shop.ts'
import { useWords } from '../../i18n/use-words.ts'
import { proposeNetwork } from './networks.ts'
import { PrinterState } from './printer-state.tsx'
import { useNetworks, useReading } from './use-networks.ts'
import { isPdf, type SaleWorkspace } from './use-sale-workspace.ts'

interface TargetProps {
  readonly keyName: string
  readonly icon: IconName
  readonly label: string
  readonly choice: ReactNode
  readonly busy: boolean
  readonly pressed?: boolean
  readonly onPress: () => void
  readonly children?: ReactNode
}

function Target({ keyName, icon, label, choice, busy, pressed, onPress, children }: TargetProps) {
  return (
    <div className="target-cell">
      <UnstyledButton
        className="target"
        onClick={onPress}
        aria-keyshortcuts={keyName}
        aria-busy={busy}
        aria-expanded={pressed}
      >
        <span className="target-head">
          <Icon name={icon} />
          <span className="target-label">{label}</span>
          <Kbd>{keyName}</Kbd>
        </span>
        <span className="target-choice">{choice}</span>
      </UnstyledButton>
      {children}
    </div>
  )
}

interface TargetsProps {
  readonly sale: Sale
  readonly workspace: SaleWorkspace
  readonly empty: boolean
}

/** Opens what the receipt will say. */
function EditText({ workspace: { panel, setPanel } }: Pick<TargetsProps, 'workspace'>) {
  const { t } = useWords()
  return (
    <ActionIcon
      className="target-more"
      variant="subtle"
      size="md"
      aria-label={t('counter.receiptText')}
      title={t('counter.receiptText')}
      aria-expanded={panel === 'receipt'}
      onClick={() => setPanel(panel === 'receipt' ? 'none' : 'receipt')}
    >
      <Icon name="edit" />
    </ActionIcon>
  )
}

/** Why there is nobody to ask now, or the network that would be asked: likely, while the number only suggests it. */
function useWalletWords(sale: Sale, workspace: SaleWorkspace): ReactNode {
  const { t } = useWords()
  const { data: status } = useStatus()
  const { phone } = workspace.draft
  const networks = useNetworks(sale.currency)
  const { data: info } = useReading(phone)
  const proposal = proposeNetwork(networks, info ?? null)
  if (workspace.history.payments.some(isPaymentAlive)) return t('counter.payWaiting')
  if (workspace.totalMinor > 0 && workspace.dueMinor === 0) return t('counter.payNothing')
  if (status?.online === false) return <span className="tone-red">⌁ {t('bar.offline')}</span>
  if (proposal === null) return t('counter.payNone')
  if (info === undefined) return networks.map((network) => networkName(network, networks)).join(' · ')
  const name = networkName(proposal.network, networks)
  return proposal.guessed ? t('counter.networkGuess', { network: name }) : name
}

function printWords(empty: boolean, takesCash: boolean) {
  if (takesCash) return 'counter.finishAndPrint'
  return empty ? 'counter.reprint' : 'counter.print'
}

/** The four jobs of the counter, each with its key and what it would do now. */
export function Targets({ sale, workspace, empty }: TargetsProps) {
  const { t } = useWords()
  const [, navigate] = useLocation()
  const { data: shop } = useShop()
  const wallet = useWalletWords(sale, workspace)
  const [whatsApp] = useAccounts('whatsapp')
  const { choice, busy, panel, setPanel } = workspace
  const language = choice.language ?? shop?.language
  // PDF first: the button cuts what does not fit.
  const form = isPdf(choice) ? 'PDF · ' : ''
  const channel =
    form + t(workspace.paidOne ? `counter.paidBy.${choice.channel}` : `channel.${choice.channel}`)
  return (
    <fieldset className="targets" aria-label={t('counter.actions')}>
      <Target
        keyName="F2"
        icon="receipt"
        label={t('counter.receipt')}
        choice={language === undefined ? channel : `${channel} · ${t(`language.${language}`)}`}
        busy={busy.has(`receipt ${choice.channel}`)}
        onPress={() => workspace.sendReceipt()}
      >
        <EditText workspace={workspace} />
      </Target>
      <Target
        keyName="F4"
        icon="phone"
        label={t('counter.pay')}
        choice={wallet}
        busy={busy.has('pay')}
        pressed={panel === 'pay'}
        onPress={() => setPanel('pay')}
      />
      <Target
        keyName="F8"
        icon="print"
        label={t(printWords(empty, workspace.takesCash))}
        choice={<PrinterState />}
        busy={busy.has('print')}
        onPress={workspace.print}
      />
      <Target
        keyName="F9"
        icon="whatsapp"
        label={t('counter.whatsapp')}
        choice={whatsApp === undefined ? t('counter.whatsappNone') : t('counter.whatsappOpen')}
        busy={false}
        onPress={() => navigate('/whatsapp')}
      />
    </fieldset>
  )
}
