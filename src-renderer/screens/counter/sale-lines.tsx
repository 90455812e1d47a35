import { ActionIcon } from '@mantine/core'
import { type KeyboardEvent, type RefObject, useEffectEvent, useLayoutEffect, useRef, useState } from 'react'
import type { SaleLineInput } from '../../../src-preload/contract/receipts.ts'
import { Icon } from '../../components/icon.tsx'
import { lineTotalMinor } from '../../components/money.ts'
import { useWording } from '../../components/use-wording.ts'
import { useWords } from '../../i18n/use-words.ts'
import { fieldsOf, largestMinor } from './line-entry.ts'
import { type EntryRow, LineForm } from './line-form.tsx'

interface SaleLinesProps {
  readonly lines: readonly SaleLineInput[]
  readonly frozen: boolean
  readonly onChange: (lines: SaleLineInput[]) => void
  readonly entryRef: RefObject<EntryRow | null>
  /** A phone number was typed where the item goes. */
  readonly onNumber: (typed: string) => void
  /** Enter in the empty row: the items are in. */
  readonly onDone: () => void
}

interface RowProps {
  readonly line: SaleLineInput
  readonly frozen: boolean
  readonly onEdit: () => void
  readonly onRemove: () => void
}

function Row({ line, frozen, onEdit, onRemove }: RowProps) {
  const { t } = useWords()
  const { figure, quantity } = useWording()
  const { discountMinor = 0 } = line
  return (
    <>
      <span className="line-name">{line.name}</span>
      <span className="line-times figures">
        {quantity(line.quantityMilli)} × {figure(line.unitPriceMinor)}
        {discountMinor === 0 ? null : (
          <span className="line-discount" title={t('counter.discount')}>
            −{figure(discountMinor)}
          </span>
        )}
      </span>
      <span className="line-amount figures">{figure(lineTotalMinor(line))}</span>
      {frozen ? null : (
        <span className="line-tools">
          <ActionIcon
            variant="subtle"
            tabIndex={-1}
            aria-label={t('counter.editItem', { name: line.name })}
            onClick={onEdit}
          >
            <Icon name="edit" />
          </ActionIcon>
          <ActionIcon
            variant="subtle"
            color="gray"
            tabIndex={-1}
            aria-label={t('counter.removeItem', { name: line.name })}
            onClick={onRemove}
          >
            <Icon name="remove" />
          </ActionIcon>
        </span>
      )}
    </>
  )
}

function rowClass(frozen: boolean, editing: boolean): string {
  if (editing) return 'line line-editing'
  return frozen ? 'line line-frozen' : 'line'
}

/** The items of the sale. ↑ from the empty entry picks the last one; Enter changes it, Delete takes it out. */
export function SaleLines({ lines, frozen, onChange, entryRef, onNumber, onDone }: SaleLinesProps) {
  const { t } = useWords()
  const [editing, setEditing] = useState<number | null>(null)
  const list = useRef<HTMLOListElement>(null)
  const focusRow = (index: number) => {
    const row = list.current?.children[index]
    if (row instanceof HTMLElement) row.focus()
    else entryRef.current?.focus()
  }
  const remove = (index: number) => {
    onChange(lines.toSpliced(index, 1))
    entryRef.current?.focus()
  }
  const onRowKey = (event: KeyboardEvent, index: number) => {
    if (event.target !== event.currentTarget) return
    const actions: Record<string, () => void> = {
      ArrowUp: () => focusRow(Math.max(0, index - 1)),
      ArrowDown: () => focusRow(index + 1),
      Enter: () => setEditing(index),
      Delete: () => remove(index),
      Backspace: () => remove(index),
    }
    const action = actions[event.key]
    if (action === undefined || event.ctrlKey || frozen) return
    event.preventDefault()
    action()
  }
  const count = lines.length
  const roomMinor = largestMinor - lines.reduce((sum, line) => sum + lineTotalMinor(line), 0)
  const toNewest = useEffectEvent(() => {
    if (list.current !== null) list.current.scrollTop = list.current.scrollHeight
  })
  useLayoutEffect(() => {
    if (count > 0) toNewest()
  }, [count])
  return (
    <section className="lines" aria-label={t('counter.lines')}>
      <ol ref={list}>
        {lines.length === 0 ? <li className="quiet lines-empty">{t('counter.noLines')}</li> : null}
        {lines.map((line, index) => (
          <li
            // Lines have no identity of their own; their place in the sale is it.
            // biome-ignore lint/suspicious/noArrayIndexKey: see above
            key={index}
            tabIndex={frozen || editing === index ? undefined : -1}
            className={rowClass(frozen, editing === index)}
            onKeyDown={(event) => onRowKey(event, index)}
            onDoubleClick={() => (frozen ? undefined : setEditing(index))}
          >
            {editing === index ? (
              <LineForm
                initial={fieldsOf(line)}
                roomMinor={roomMinor + lineTotalMinor(line)}
                autoFocus
                onLine={(changed) => {
                  onChange(lines.with(index, { ...line, ...changed }))
                  setEditing(null)
                  entryRef.current?.focus()
                }}
                onCancel={() => {
                  setEditing(null)
                  entryRef.current?.focus()
                }}
              />
            ) : (
              <Row
                line={line}
                frozen={frozen}
                onEdit={() => setEditing(index)}
                onRemove={() => remove(index)}
              />
            )}
          </li>
        ))}
      </ol>
      {frozen ? (
        <p className="quiet lines-frozen">{t('counter.frozen')}</p>
      ) : (
        <LineForm
          entryRef={entryRef}
          roomMinor={roomMinor}
          onLine={(line) => onChange([...lines, line])}
          onLeaveUp={() => focusRow(lines.length - 1)}
          onNumber={onNumber}
          {...(lines.length === 0 ? {} : { onDone })}
        />
      )}
    </section>
  )
}
