import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { Sale, SaleLineInput } from '../../../src-preload/contract/receipts.ts'
import { formatPhone } from '../../components/phone.ts'
import { isProblem } from '../../components/problem.ts'
import { useKaunta } from '../../kaunta.tsx'

/** What stands in the fields of the counter, ahead of what main has stored by at most the pause below. */
export interface TypedSale {
  readonly lines: readonly SaleLineInput[]
  readonly phone: string
  readonly name: string
}

export interface Draft extends TypedSale {
  readonly change: (part: Partial<TypedSale>) => void
  /** What stands in the fields at this moment, also inside an action that began before the last key. */
  readonly read: () => TypedSale
  /** Makes the next `flush` wait for something that will still change the fields. */
  readonly await: (coming: Promise<unknown>) => void
  /** Stores what was typed; resolves when main has it. Raises what main refused. */
  readonly flush: () => Promise<void>
}

const savePauseMs = 300

function typedOf(sale: Sale): TypedSale {
  return {
    lines: sale.lines,
    phone: sale.customer.phone === null ? '' : formatPhone(sale.customer.phone),
    name: sale.customer.name ?? '',
  }
}

function sameLines(typed: readonly SaleLineInput[], stored: readonly SaleLineInput[]): boolean {
  const facts = (lines: readonly SaleLineInput[]) =>
    lines.map(({ name, quantityMilli, unitPriceMinor, discountMinor = 0 }) => [
      name,
      quantityMilli,
      unitPriceMinor,
      discountMinor,
    ])
  return JSON.stringify(facts(typed)) === JSON.stringify(facts(stored))
}

/** The sale as typed: kept on screen at once, stored after a short pause and before every action. */
export function useDraft(sale: Sale): Draft {
  const { client, queries } = useKaunta()
  const cache = useQueryClient()
  const [typed, setTyped] = useState(() => typedOf(sale))
  const latest = useRef(typed)
  const stored = useRef(sale)
  const dirty = useRef(false)
  const chain = useRef<Promise<void>>(Promise.resolve())
  const timer = useRef<number | undefined>(undefined)
  const { id, state } = sale

  const save = useCallback(async (): Promise<Sale> => {
    const { lines, phone, name } = latest.current
    const saveCustomer = () =>
      phone.trim() === '' ? Promise.resolve(stored.current) : client.sales.setCustomer({ id, phone, name })
    if (state !== 'draft') return saveCustomer()
    try {
      return await client.sales.saveDraft({ id, lines: [...lines], customer: { phone, name } })
    } catch (error) {
      // The key struck just before this one recorded the sale: its items stand, its customer may still change.
      if (!isProblem(error, 'SALE_RECORDED') || !sameLines(lines, stored.current.lines)) throw error
      return saveCustomer()
    }
  }, [client, id, state])

  const store = useCallback(async () => {
    if (!dirty.current) return
    dirty.current = false
    try {
      const saved = await save()
      stored.current = saved
      cache.setQueryData(queries.sales.current.queryKey(), (current) =>
        current?.id === id ? saved : current,
      )
    } catch (error) {
      dirty.current = true
      throw error
    }
  }, [save, queries, cache, id])

  const flush = useCallback(() => {
    window.clearTimeout(timer.current)
    // One save at a time, in the order typed; a failed one does not stop the next.
    chain.current = chain.current.catch(() => undefined).then(store)
    return chain.current
  }, [store])
  const read = useCallback(() => latest.current, [])
  const waitFor = useCallback((coming: Promise<unknown>) => {
    chain.current = chain.current.catch(() => undefined).then(async () => void (await coming))
  }, [])

  const change = useCallback(
    (part: Partial<TypedSale>) => {
      latest.current = { ...latest.current, ...part }
      setTyped(latest.current)
      dirty.current = true
      window.clearTimeout(timer.current)
      // A refusal here is told by the action that needs the value; a half-typed number is no fault.
      timer.current = window.setTimeout(() => void flush().catch(() => undefined), savePauseMs)
    },
    [flush],
  )

  useEffect(() => {
    const before = stored.current
    if (dirty.current || sale.updatedAt <= before.updatedAt) return
    stored.current = sale
    const fresh = typedOf(sale)
    const next: TypedSale = {
      lines: sale.lines,
      phone: sale.customer.phone === before.customer.phone ? latest.current.phone : fresh.phone,
      name: sale.customer.name === before.customer.name ? latest.current.name : fresh.name,
    }
    latest.current = next
    setTyped(next)
  }, [sale])

  useEffect(() => () => void flush().catch(() => undefined), [flush])

  return { ...typed, change, read, await: waitFor, flush }
}
