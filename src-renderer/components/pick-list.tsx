import './pick-list.css'
import type { KeyboardEvent, ReactNode } from 'react'

export interface PickListProps<T> {
  readonly label: string
  readonly rows: readonly T[]
  readonly idOf: (row: T) => string
  readonly chosen: string | null
  readonly onChoose: (id: string) => void
  readonly children: (row: T) => ReactNode
}

function moveFocus(event: KeyboardEvent<HTMLElement>) {
  const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, j: 1, k: -1 }
  const step = steps[event.key]
  if (step === undefined) return
  const buttons = [...event.currentTarget.querySelectorAll<HTMLButtonElement>('button.pick')]
  const here =
    document.activeElement instanceof HTMLButtonElement ? buttons.indexOf(document.activeElement) : -1
  const next = buttons[here === -1 ? 0 : here + step]
  if (next === undefined) return
  event.preventDefault()
  next.focus()
}

/** A list of things to look into: ↑ ↓ (or j k) move, Enter opens. One stop for Tab, at the chosen or the first row. */
export function PickList<T>({ label, rows, idOf, chosen, onChoose, children }: PickListProps<T>) {
  const stop = rows.some((row) => idOf(row) === chosen)
    ? chosen
    : rows[0] === undefined
      ? null
      : idOf(rows[0])
  return (
    <ul className="pick-list" aria-label={label} onKeyDown={moveFocus}>
      {rows.map((row) => {
        const id = idOf(row)
        return (
          <li key={id}>
            <button
              type="button"
              className="pick"
              tabIndex={id === stop ? 0 : -1}
              aria-current={id === chosen ? 'true' : undefined}
              onClick={() => onChoose(id)}
            >
              {children(row)}
            </button>
          </li>
        )
      })}
    </ul>
  )
}
