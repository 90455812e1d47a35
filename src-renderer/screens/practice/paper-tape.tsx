import { Button } from '@mantine/core'
import { type CSSProperties, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { PaperItem, Practice } from '../../../src-preload/contract/practice.ts'
import type { PracticeActions } from './practice-actions.ts'

interface PaperTapeProps extends PracticeActions {
  readonly practice: Practice
}

type Run = (PaperItem & { kind: 'line' })['runs'][number]

/** Of the screen's fixed-width letters, in em; a hair more than they measure, so that the paper never scrolls sideways. */
const widthOfLetter = 0.61

/** A printer's double width and height, in the measure of the screen's letters. */
function runStyle(run: Run): CSSProperties {
  return {
    display: 'inline-block',
    fontWeight: run.bold ? 700 : 400,
    textDecoration: run.underline ? 'underline' : 'none',
    ...(run.inverse ? { background: '#111', color: '#fff' } : {}),
    ...(run.font === 'B' ? { fontSize: '0.78em' } : {}),
    ...(run.width === 1 && run.height === 1
      ? {}
      : {
          width: `${run.text.length * run.width}ch`,
          height: `${run.height * 1.35}em`,
          transform: `scale(${run.width}, ${run.height})`,
          transformOrigin: 'left top',
          textAlign: 'left',
          whiteSpace: 'pre',
        }),
  }
}

function Line({ item }: { readonly item: PaperItem & { kind: 'line' } }) {
  const align = item.align === 'centre' ? 'center' : item.align
  return (
    <div className="paper-line" style={{ textAlign: align }}>
      {item.runs.map((run, index) => (
        // The runs of a printed line never change.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <span key={index} style={runStyle(run)}>
          {run.text}
        </span>
      ))}
      {item.runs.length === 0 ? ' ' : null}
    </div>
  )
}

/** Stripes that stand for a bar code; its text below is what a scanner would read. */
function Barcode({ text, symbology }: { readonly text: string; readonly symbology: string }) {
  return (
    <div className="paper-barcode">
      <div className="paper-bars" role="img" aria-label={`${symbology} ${text}`} />
      <span>{text}</span>
    </div>
  )
}

function Paper({ item }: { readonly item: PaperItem }) {
  const { t } = useTranslation()
  switch (item.kind) {
    case 'line':
      return <Line item={item} />
    case 'qr':
      return <img className="paper-qr" src={item.image} alt={t('practice.qr', { text: item.text })} />
    case 'barcode':
      return <Barcode text={item.text} symbology={item.symbology} />
    case 'image':
      return <img className="paper-image" src={item.image} alt={t('practice.image')} />
    case 'cut':
      return (
        <div className="paper-cut">
          <span>✂ {t('practice.cut')}</span>
        </div>
      )
    case 'drawer':
      return <p className="paper-note">⌂ {t('practice.drawerOpened')}</p>
    default:
      return <p className="paper-note paper-bad">{t('practice.unreadable', { bytes: item.bytes })}</p>
  }
}

/** What the practice printer put on its roll, as its own decoder read the bytes. */
export function PaperTape({ practice, client, run }: PaperTapeProps) {
  const { t } = useTranslation()
  const roll = useRef<HTMLDivElement>(null)
  const length = practice.paper.length
  useEffect(() => {
    const element = roll.current
    if (element !== null && length > 0) element.scrollTop = element.scrollHeight
  }, [length])
  return (
    <section className="paper" aria-label={t('practice.paper')} data-testid="paper-tape">
      <div
        ref={roll}
        className="paper-roll"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the arrow keys
        tabIndex={0}
        role="log"
        aria-label={t('practice.paper')}
      >
        {length === 0 ? <p className="paper-empty">{t('practice.noPaperYet')}</p> : null}
        <div
          className="paper-sheet"
          style={{
            width: `${practice.paperColumns}ch`,
            fontSize: `min(15px, calc(100cqi / ${practice.paperColumns * widthOfLetter}))`,
          }}
        >
          {practice.paper.map((item, index) => (
            // Paper only grows at its end.
            // biome-ignore lint/suspicious/noArrayIndexKey: see above
            <Paper key={index} item={item} />
          ))}
        </div>
      </div>
      {length > 0 ? (
        <Button size="sm" variant="default" onClick={() => run(client.tearPaper())}>
          {t('practice.tear')}
        </Button>
      ) : null}
    </section>
  )
}
