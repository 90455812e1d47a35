import { Button } from '@mantine/core'
import { createContext, type FormEvent, type ReactNode, use, useCallback, useState } from 'react'
import { useWords } from '../i18n/use-words.ts'
import { ManagerPin, pinShortest } from './approval-pin.tsx'
import { Dialog } from './dialog.tsx'
import { isProblem } from './problem.ts'

/** What goes with a change of power: nothing at first, the PIN once it was asked for. */
interface Word {
  readonly managerPin?: string
}
type WithWord = <T>(call: (word: Word) => Promise<T>) => Promise<T>

const WordContext = createContext<(() => Promise<string | null>) | null>(null)

/** Asks for a manager's PIN over whatever screen makes a change of power. */
export function ManagerWordProvider({ children }: { readonly children: ReactNode }) {
  const [asking, setAsking] = useState<{ readonly answer: (pin: string | null) => void } | null>(null)
  const ask = useCallback(() => new Promise<string | null>((answer) => setAsking({ answer })), [])
  const end = (pin: string | null) => {
    asking?.answer(pin)
    setAsking(null)
  }
  return (
    <WordContext value={ask}>
      {children}
      {asking === null ? null : <PinQuestion onEnd={end} />}
    </WordContext>
  )
}

function PinQuestion({ onEnd }: { readonly onEnd: (pin: string | null) => void }) {
  const { t } = useWords()
  const [pin, setPin] = useState('')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (pin.length >= pinShortest) onEnd(pin)
  }
  return (
    <Dialog title={t('pin.changeTitle')} onClose={() => onEnd(null)}>
      <form className="form" onSubmit={submit} data-testid="manager-word">
        <p>{t('pin.changeWhy')}</p>
        <ManagerPin value={pin} onChange={setPin} onWhole={onEnd} />
        <div className="save-row">
          <Button type="submit" disabled={pin.length < pinShortest}>
            {t('pin.changeGo')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

/** Makes a call that may want a manager's PIN: asked for once it is wanted; closing the question leaves the refusal. */
export function useManagerWord(): WithWord {
  const ask = use(WordContext)
  if (ask === null) throw new Error('useManagerWord needs a ManagerWordProvider above it')
  return async (call) => {
    try {
      return await call({})
    } catch (error) {
      if (!isProblem(error, 'MANAGER_PIN_MISSING')) throw error
      const managerPin = await ask()
      if (managerPin === null) throw error
      return call({ managerPin })
    }
  }
}
