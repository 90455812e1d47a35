import { cleanup, render, screen } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import type { PaperItem } from '../../src-preload/contract/paper.ts'
import { wordless } from '../page-under-test.tsx'
import { Paper } from './paper.tsx'

afterEach(cleanup)

const plain = { bold: false, underline: false, inverse: false, width: 1, height: 1, font: 'A' } as const
const line = (text: string, style: object = {}): PaperItem => ({
  kind: 'line',
  align: 'left',
  runs: [{ text, ...plain, ...style }],
})
const pixel = 'data:image/png;base64,iVBORw0KGgo='
const piece: PaperItem = { kind: 'image', widthDots: 384, heightDots: 24, align: 'left', image: pixel }
const cut: PaperItem = { kind: 'cut', partial: true }

function show(...items: PaperItem[]) {
  render(<Paper items={items} columns={32} label="Karatasi" />, { wrapper: wordless })
  return screen.getByRole('figure', { name: 'Karatasi' })
}

describe('the paper', () => {
  it('gives every run the cells that it has on the roll', () => {
    const paper = show(line('Jumla', { width: 2, height: 3 }), line('nafasi', { font: 'B' }))
    const [large, small] = paper.querySelectorAll<HTMLElement>('.paper-run')
    expect([large?.style.width, large?.style.height]).toEqual([
      'calc(var(--dot) * 120)',
      'calc(var(--dot) * 72)',
    ])
    expect([small?.style.width, small?.style.height]).toEqual([
      'calc(var(--dot) * 54)',
      'calc(var(--dot) * 17)',
    ])
    expect(large?.querySelector<HTMLElement>('.paper-letters')?.style.transform).toBe('scale(2, 3)')
    expect(paper.style.getPropertyValue('--paper-dots')).toBe('384')
  })

  it('keeps the spaces that put a price in its column', () => {
    expect(show(line('Sukari    6,400')).querySelector('.paper-line')?.textContent).toBe('Sukari    6,400')
  })

  it('shows the pieces of a picture as one, and pictures apart from each other as two', () => {
    show(piece, piece, line('Duka'), piece)
    expect(screen.getAllByRole('img')).toHaveLength(2)
    expect(document.querySelectorAll('.paper-picture img')).toHaveLength(3)
  })

  it('ends a paper at each cut', () => {
    const paper = show(line('a'), cut, line('b'), cut, line('c'))
    expect([...paper.querySelectorAll('.paper-sheet')].map((sheet) => sheet.textContent.slice(0, 1))).toEqual(
      ['a', 'b', 'c'],
    )
  })

  it('says in words what a code holds', () => {
    show(
      { kind: 'qr', text: 'https://example.com', image: pixel, widthDots: 165, align: 'right' },
      { kind: 'barcode', symbology: 'code128', text: '000123' },
    )
    expect(screen.getByRole('img', { name: /code128 000123/ })).toBeDefined()
    expect(screen.getAllByRole('img')[0]?.style.width).toBe('calc(var(--dot) * 165)')
  })
})
