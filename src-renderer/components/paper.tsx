import './paper.css'
import type { CSSProperties } from 'react'
import type { PaperItem } from '../../src-preload/contract/paper.ts'
import { useWords } from '../i18n/use-words.ts'

type Item<Kind extends PaperItem['kind']> = Extract<PaperItem, { kind: Kind }>
type Run = Item<'line'>['runs'][number]

/** Dots of a character: its cell, and around it the usual distance to the next line. */
const letters = { A: { across: 12, high: 24 }, B: { across: 9, high: 17 } } as const
const lineGapDots = 6
/** A usual QR code on a roll that did not say how large it is. */
const usualQrDots = 160

/** A length on the paper; the style sheet says how large a dot is. */
function dots(count: number): string {
  return `calc(var(--dot) * ${count})`
}

/** Where things stand that are not text; in the middle unless said otherwise. */
const sides = { left: 'flex-start', centre: 'center', right: 'flex-end' } as const

/** The cell of a run is as large as on paper; the letters in it are stretched, as a printer does. */
function PaperRun({ run }: { readonly run: Run }) {
  const { across, high } = letters[run.font]
  const marks = [
    'paper-run',
    `paper-font-${run.font}`,
    ...(run.bold ? ['paper-bold'] : []),
    ...(run.underline ? ['paper-underline'] : []),
    ...(run.inverse ? ['paper-inverse'] : []),
  ]
  const cell: CSSProperties = {
    width: dots([...run.text].length * across * run.width),
    height: dots(high * run.height),
  }
  const stretched: CSSProperties =
    run.width === 1 && run.height === 1 ? {} : { transform: `scale(${run.width}, ${run.height})` }
  return (
    <span className={marks.join(' ')} style={cell}>
      <span className="paper-letters" style={stretched}>
        {run.text}
      </span>
    </span>
  )
}

function Line({ item }: { readonly item: Item<'line'> }) {
  const high = Math.max(letters.A.high, ...item.runs.map((run) => letters[run.font].high * run.height))
  return (
    <div
      className="paper-line"
      style={{ height: dots(high + lineGapDots), justifyContent: sides[item.align] }}
    >
      {item.runs.map((run, index) => (
        // The runs of a printed line never change.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <PaperRun key={index} run={run} />
      ))}
    </div>
  )
}

/** Printers get a picture in pieces; on the paper they are one. */
function Picture({ pieces }: { readonly pieces: readonly Item<'image'>[] }) {
  const { t } = useWords()
  return (
    <div className="paper-picture" role="img" aria-label={t('paper.image')}>
      {pieces.map((piece, index) => (
        <img
          // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a printed picture never change
          key={index}
          src={piece.image}
          alt=""
          style={{
            width: dots(piece.widthDots),
            height: dots(piece.heightDots),
            alignSelf: sides[piece.align ?? 'centre'],
          }}
        />
      ))}
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

type Other = Exclude<PaperItem, { kind: 'image' }>

function OtherItem({ item }: { readonly item: Other }) {
  const { t } = useWords()
  switch (item.kind) {
    case 'line':
      return <Line item={item} />
    case 'qr':
      return (
        <div className="paper-qr" style={{ justifyContent: sides[item.align ?? 'centre'] }}>
          <img
            src={item.image}
            alt={t('paper.qr', { text: item.text })}
            style={{ width: dots(item.widthDots ?? usualQrDots) }}
          />
        </div>
      )
    case 'barcode':
      return <Barcode text={item.text} symbology={item.symbology} />
    case 'cut':
      return (
        <div className="paper-cut">
          <span>✂ {t('paper.cut')}</span>
        </div>
      )
    case 'drawer':
      return <p className="paper-note">⌂ {t('paper.drawerOpened')}</p>
    default:
      return <p className="paper-note paper-bad">{t('paper.unreadable', { bytes: item.bytes })}</p>
  }
}

type Block = { readonly picture: Item<'image'>[] } | { readonly other: Other }

/** Pieces of a picture that follow each other are one. */
function blocksOf(items: readonly PaperItem[]): Block[] {
  const blocks: Block[] = []
  for (const item of items) {
    const last = blocks.at(-1)
    if (item.kind !== 'image') blocks.push({ other: item })
    else if (last !== undefined && 'picture' in last) last.picture.push(item)
    else blocks.push({ picture: [item] })
  }
  return blocks
}

/** Each paper ends with a cut. */
function papersOf(items: readonly PaperItem[]): PaperItem[][] {
  const papers: PaperItem[][] = [[]]
  for (const item of items) {
    papers.at(-1)?.push(item)
    if (item.kind === 'cut') papers.push([])
  }
  return papers.filter((paper) => paper.length > 0)
}

interface StripStyle extends CSSProperties {
  readonly '--paper-dots': number
}

interface PaperProps {
  readonly items: readonly PaperItem[]
  /** Font A characters across the roll. */
  readonly columns: number
  /** What this paper is, for those who do not see it. */
  readonly label: string
}

/** What a receipt printer put on its roll, dot for dot as wide as the roll, made smaller where there is less room. */
export function Paper({ items, columns, label }: PaperProps) {
  const across: StripStyle = { '--paper-dots': columns * letters.A.across }
  return (
    <figure className="paper-strip" aria-label={label} style={across}>
      {papersOf(items).map((paper, at) => (
        // Paper only grows at its end.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <div key={at} className="paper-sheet">
          {blocksOf(paper).map((block, index) =>
            'picture' in block ? (
              // biome-ignore lint/suspicious/noArrayIndexKey: paper only grows at its end
              <Picture key={index} pieces={block.picture} />
            ) : (
              // biome-ignore lint/suspicious/noArrayIndexKey: paper only grows at its end
              <OtherItem key={index} item={block.other} />
            ),
          )}
        </div>
      ))}
    </figure>
  )
}
