import { useLocation } from 'wouter'
import { firstChannel } from '../../components/channels.ts'
import { useKaunta } from '../../kaunta.tsx'
import type { NextStep, TimeLineItem } from './time-line.ts'
import type { SaleWorkspace } from './use-sale-workspace.ts'

/** What each answer says of the paper, or of the drawer. */
const answers: Readonly<Partial<Record<NextStep, boolean>>> = {
  paperYes: true,
  drawerYes: true,
  paperNo: false,
  paperAgain: false,
  drawerNo: false,
}

/** Carries out the next step that a person chose on a line of the time line. */
export function useSteps(workspace: SaleWorkspace, decide: (item: TimeLineItem) => void) {
  const { client } = useKaunta()
  const [, navigate] = useLocation()
  const { run } = workspace
  const forMessage = (step: NextStep, item: TimeLineItem & { kind: 'message' }) => {
    const { id, effectId } = item.message
    if (step === 'retryMessage') run(`retry ${id}`, async () => void (await client.messages.retry({ id })))
    if (step === 'cancel')
      run(`cancel ${id}`, async () => void (await client.outbox.cancel({ id: effectId })))
    if (step === 'sendBySms') {
      workspace.setChoice({ ...workspace.choice, channel: firstChannel })
      workspace.setPanel('receipt')
    }
  }
  const forPayment = (step: NextStep, item: TimeLineItem & { kind: 'payment' }) => {
    const { id } = item.payment
    if (step === 'checkNow') run(`check ${id}`, async () => void (await client.payments.checkNow({ id })))
    if (step === 'askAgain') workspace.ask(item.payment)
    if (step === 'enterCode') workspace.setPanel('code')
  }
  const forPrint = (step: NextStep, item: TimeLineItem & { kind: 'print' }) => {
    const { id, effectId } = item.job
    const came = answers[step]
    if (came !== undefined)
      run(`paper ${id}`, async () => void (await client.printing.decide({ id, printed: came })))
    if (step === 'retryPrint' || step === 'printNow')
      run(`retry ${id}`, async () => void (await client.outbox.retry({ id: effectId })))
    if (step === 'cancel')
      run(`cancel ${id}`, async () => void (await client.outbox.cancel({ id: effectId })))
  }
  return (step: NextStep, item: TimeLineItem) => {
    if (step === 'linkWhatsApp') navigate('/whatsapp')
    else if (step === 'writeOffExcess' || step === 'decideTransfer') navigate('/payments/attention')
    else if (item.kind === 'notice') workspace.takeNotice(item.notice)
    else if (step === 'decideMessage' || step === 'decidePayment') decide(item)
    else if (item.kind === 'message') forMessage(step, item)
    else if (item.kind === 'payment') forPayment(step, item)
    else if (item.kind === 'print') forPrint(step, item)
  }
}
