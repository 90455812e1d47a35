import { z } from 'zod'
import type { Sentence } from '../../src-preload/contract/paging.ts'

/** What in the file does not fit what it should be: it is kept, left out of what is shown, logged and told. */
export interface Damage {
  /** @returns the mark under which it stands in the log; the same rows keep theirs */
  note(ids: readonly string[], misfits: readonly string[]): string
  /** Shows each row for itself: one that cannot be read never hides the others. */
  each<Row extends { readonly id: string }, Shown>(rows: readonly Row[], show: (row: Row) => Shown): Shown[]
  /** A row that was saved as one JSON object: a field that does not fit takes its default. */
  fields<Fields extends z.ZodRawShape>(
    name: string,
    schema: z.ZodObject<Fields>,
    defaults: z.output<z.ZodObject<Fields>>,
    saved: string | null,
  ): z.output<z.ZodObject<Fields>>
  /** For the status line; null while all is well. */
  warning(): Sentence | null
}

export interface DamageDeps {
  readonly random: { secret(bytes: number): string }
  readonly onFault: (what: string, error: unknown) => void
  /** There is more to warn of than before. */
  readonly changed: () => void
}

const objectSchema = z.record(z.string(), z.unknown())

export function createDamage({ random, onFault, changed }: DamageDeps): Damage {
  const marks = new Map<string, string>()

  const note: Damage['note'] = (ids, misfits) => {
    const key = ids.length === 0 ? misfits.join('\n') : ids.join(' ')
    const known = marks.get(key)
    if (known !== undefined) return known
    const mark = random.secret(6)
    marks.set(key, mark)
    onFault('damaged in the data file', { mark, ids, misfits })
    changed()
    return mark
  }

  return {
    note,
    each: (rows, show) =>
      rows.flatMap((row) => {
        try {
          return [show(row)]
        } catch (error) {
          note([row.id], [String(error)])
          return []
        }
      }),
    fields(name, schema, defaults, saved) {
      if (saved === null) return defaults
      const stored = objectSchema.safeParse(jsonOf(saved))
      if (!stored.success) note([name], ['no object'])
      // A field added since the row was written takes its default.
      const known = { ...defaults, ...(stored.success ? stored.data : {}) }
      const whole = schema.safeParse(known)
      if (whole.success) return whole.data
      const wrong = new Set(whole.error.issues.map(({ path }) => String(path[0])))
      note([name], [...wrong])
      const rest = Object.entries(known).filter(([field]) => !wrong.has(field))
      return schema.parse({ ...defaults, ...Object.fromEntries(rest) })
    },
    warning() {
      const all = [...marks.values()]
      const mark = all.at(-1)
      if (mark === undefined) return null
      return {
        en: `Something in the data file is damaged and is not shown (${all.length}). It is kept. Ask for help with the mark ${mark}.`,
        sw: `Kuna kilichoharibika kwenye faili la data na hakionyeshwi (${all.length}). Kimehifadhiwa. Omba msaada kwa alama ${mark}.`,
      }
    },
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
