import { Button } from '@mantine/core'
import { useState } from 'react'
import type { PrinterInput } from '../../../../src-preload/contract/printing.ts'
import { ErrorBanner } from '../../../components/error-banner.tsx'
import { useAction } from '../../../components/use-action.ts'
import { useKaunta } from '../../../kaunta.tsx'
import { useWords } from '../words.ts'
import { usePrinterWork } from './use-printers.ts'

interface DrawerTrialProps {
  readonly id: string | null
  readonly printer: PrinterInput
  /** The only printer of the till: its drawer is the till's whatever is ticked. */
  readonly alone: boolean
  readonly onSaved: (id: string) => void
  /** Which level of its switch means open. */
  readonly onLevel: (drawerOpenHigh: boolean) => void
}

/** Learns from a drawer that stands open how its switch tells so. */
function DrawerLevel({ id, printer, onSaved, onLevel }: Omit<DrawerTrialProps, 'alone'>) {
  const { t } = useWords()
  const { save, check } = usePrinterWork()
  const action = useAction()
  const [mute, setMute] = useState(false)
  const learn = () =>
    void action.run(async () => {
      const saved = await save(id, printer)
      onSaved(saved.id)
      const { drawerPinHigh } = await check(saved.id)
      setMute(drawerPinHigh === null)
      if (drawerPinHigh !== null) onLevel(drawerPinHigh)
    })
  const known = printer.drawerOpenHigh !== null
  return (
    <>
      <div className="save-row">
        <Button variant="default" disabled={!printer.drawer} aria-busy={action.busy} onClick={learn}>
          {t('settings.printers.use.drawerIsOpen')}
        </Button>
        <p role="status" className={known && !mute ? 'good' : 'quiet'}>
          {mute
            ? t('settings.printers.use.drawerMute')
            : t(known ? 'settings.printers.use.drawerKnown' : 'settings.printers.use.drawerIsOpenHint')}
        </p>
      </div>
      <ErrorBanner error={action.error} />
    </>
  )
}

/** Opens the drawer as it is now set; only the receipt printer has the till's drawer. */
export function DrawerTrial({ id, printer, alone, onSaved, onLevel }: DrawerTrialProps) {
  const { t } = useWords()
  const { client } = useKaunta()
  const { save } = usePrinterWork()
  const action = useAction()
  const possible = printer.drawer && (printer.receipts || alone)
  const open = () =>
    void action.run(async () => {
      onSaved((await save(id, printer)).id)
      await client.printing.openDrawer()
    })
  return (
    <>
      <div className="save-row">
        <Button variant="light" disabled={!possible} aria-busy={action.busy} onClick={open}>
          {t('settings.printers.use.tryDrawer')}
        </Button>
        <p role="status" className={action.done ? 'good' : 'quiet'}>
          {action.done
            ? `✓ ${t('settings.printers.drawerQueued')}`
            : t('settings.printers.use.tryDrawerHint')}
        </p>
      </div>
      <ErrorBanner error={action.error} />
      <DrawerLevel id={id} printer={printer} onSaved={onSaved} onLevel={onLevel} />
    </>
  )
}
