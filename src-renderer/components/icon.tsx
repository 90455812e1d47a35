/** Outlines on a 24-unit square, drawn for Kaunta. */
const paths = {
  counter: 'M3 9h18M5 9l1-5h12l1 5M5 9v11h14V9M9 13h6M9 16h4',
  outbox: 'M4 13v6h16v-6M12 15V4M7.5 8.5 12 4l4.5 4.5',
  payments: 'M3 6h18v12H3zM3 10h18M7 14.5h4',
  settings: 'M4 7h9M17 7h3M4 17h3M11 17h9M15 4.5v5M9 14.5v5',
  receipt: 'M6 3h12v18l-3-2-3 2-3-2-3 2zM9 8h6M9 12h6',
  phone: 'M7 2.5h10v19H7zM11 18.5h2',
  print: 'M7 9V3h10v6M7 17H4V9h16v8h-3M7 14h10v7H7z',
  whatsapp: 'M4 20l1.4-4A8 8 0 1 1 8 18.7zM9 9c0 3 3 6 6 6l1-2-2-1-1 1c-1 0-2-1-2-2l1-1-1-2z',
  search: 'M10.5 4a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13zM15.5 15.5 21 21',
  edit: 'M4 20l1-5L16 4l4 4L9 19zM13.5 6.5l4 4',
  person: 'M12 4a4 4 0 1 1 0 8 4 4 0 0 1 0-8zM4.5 20.5c1-4 4-5.5 7.5-5.5s6.5 1.5 7.5 5.5',
  remove: 'M6 6l12 12M18 6 6 18',
} as const

export type IconName = keyof typeof paths

/** Always beside words or inside a labelled control, hence silent. */
export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg className="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={paths[name]} />
    </svg>
  )
}
