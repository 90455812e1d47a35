import './set-up.css'
import { Button, Kbd } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, useRef, useState } from 'react'
import { Link } from 'wouter'
import { useKeys } from '../../components/keys.tsx'
import { useShop, useStatus } from '../../components/use-shop.ts'
import { useIsManager, useStaffDesk } from '../../components/use-staff.ts'
import { useWords } from '../../i18n/use-words.ts'
import { useKaunta } from '../../kaunta.tsx'
import { doneOf, type Part, parts, waysOf } from './state.ts'

const rememberedAs = 'kaunta.setUp'
type Remembered = 'open' | 'folded' | 'gone'

/** Null until somebody folded or opened it. */
function remembered(): Remembered | null {
  const kept = localStorage.getItem(rememberedAs)
  return kept === 'open' || kept === 'folded' || kept === 'gone' ? kept : null
}

/** What is done already; undefined until all of it is known, and for ever to whom it is not shown. */
function useDone(enabled: boolean) {
  const { queries } = useKaunta()
  const { data: shop } = useShop()
  const { data: status } = useStatus()
  const { desk } = useStaffDesk()
  const { data: accounts } = useQuery({ ...queries.accounts.list.queryOptions(), enabled })
  const { data: providers } = useQuery({ ...queries.providers.list.queryOptions(), enabled })
  const { data: printers } = useQuery({ ...queries.printers.list.queryOptions(), enabled })
  if (shop === undefined || desk === undefined || accounts === undefined) return undefined
  if (providers === undefined || printers === undefined || status === undefined) return undefined
  const { pinMissing } = desk
  const { stops } = status
  const known = { shop, pinMissing, accounts, providers, printers: printers.length, stops }
  return { done: doneOf(known), ways: waysOf(known) }
}

/** Left and right move between the lines, as up and down do. */
function moveFocus(event: KeyboardEvent<HTMLElement>) {
  const steps: Record<string, number> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>('a')]
  const at = document.activeElement
  const here = at instanceof HTMLElement ? links.indexOf(at) : -1
  const next = links[here + (steps[event.key] ?? 0)]
  if (steps[event.key] === undefined || next === undefined) return
  event.preventDefault()
  next.focus()
}

interface PartLineProps {
  readonly name: Part
  readonly minutes: number
  readonly done: boolean
  readonly way: string
}

function PartLine({ name, minutes, done, way }: PartLineProps) {
  const { t } = useWords()
  return (
    <li>
      <Link href={way} className={done ? 'set-up-part set-up-done' : 'set-up-part'} data-part={name}>
        <span aria-hidden="true">{done ? '✓' : '○'}</span>
        <span>{t(`setUp.parts.${name}`)}</span>
        <span className="quiet">{done ? t('setUp.done') : t('setUp.minutes', { count: minutes })}</span>
      </Link>
    </li>
  )
}

interface SetUpProps {
  /** Where it would take the room of what is worked with: folded until somebody opens it. */
  readonly small: boolean
}

/** What is left to set up before the first real sale: on every screen of a manager, ticking itself off, gone when done. */
export default function SetUp({ small }: SetUpProps) {
  const { t } = useWords()
  const [chosen, setChosen] = useState(remembered)
  const list = useRef<HTMLUListElement>(null)
  const manager = useIsManager()
  const state = useDone(manager)
  const kept = chosen ?? (small ? 'folded' : 'open')
  const keep = (next: Remembered) => {
    localStorage.setItem(rememberedAs, next)
    setChosen(next)
  }
  const all = state === undefined ? 0 : parts.filter(({ name }) => state.done[name]).length
  const over = state === undefined || !manager || all === parts.length
  const go = () => {
    keep('open')
    // Once it is open.
    setTimeout(() => list.current?.querySelector<HTMLElement>('a:not(.set-up-done)')?.focus())
  }
  useKeys(over ? [] : [{ key: 'Alt+U', label: t('keys.setUp'), run: go }])
  if (over || kept === 'gone') return null
  return (
    <section className="set-up" aria-label={t('setUp.title')}>
      <div className="set-up-head">
        <button
          type="button"
          className="set-up-fold"
          aria-expanded={kept === 'open'}
          onClick={() => keep(kept === 'open' ? 'folded' : 'open')}
        >
          <span aria-hidden="true">{kept === 'open' ? '▾' : '▸'} </span>
          <strong>{t('setUp.title')}</strong>{' '}
          <span className="figures">{t('setUp.count', { done: all, all: parts.length })}</span>
        </button>
        <Kbd>Alt+U</Kbd>
        {kept === 'open' ? (
          <Button variant="subtle" size="compact-sm" onClick={() => keep('gone')}>
            {t('setUp.without')}
          </Button>
        ) : null}
      </div>
      {kept === 'open' ? (
        <ul ref={list} className="set-up-parts" onKeyDown={moveFocus}>
          {parts.map(({ name, minutes }) => (
            <PartLine
              key={name}
              name={name}
              minutes={minutes}
              done={state.done[name]}
              way={state.ways[name]}
            />
          ))}
        </ul>
      ) : null}
    </section>
  )
}
