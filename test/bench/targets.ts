import type { Figure } from './figures.ts'

type Find = (figure: string) => number

/** What the issue asks of a figure. Against another figure of the same run, where the machine's own speed decides. */
interface Target {
  readonly words: string
  readonly needs: readonly string[]
  /** How far it is: the value that is compared with the limit. */
  measured(find: Find): number
  readonly limit: number
  readonly atLeast: boolean
}

const ratio = (words: string, figure: string, base: string, limit: number, atLeast: boolean): Target => ({
  words,
  needs: [figure, base],
  measured: (find) => find(figure) / find(base),
  limit,
  atLeast,
})

const atMost = (figure: string, limit: number): Target => ({
  words: figure,
  needs: [figure],
  measured: (find) => find(figure),
  limit,
  atLeast: false,
})

const atLeast = (figure: string, limit: number): Target => ({ ...atMost(figure, limit), atLeast: true })

const targets: readonly Target[] = [
  ratio(
    'enqueue with its domain row, of a bare insert',
    'outbox.enqueue.rate',
    'sqlite.insert.rate',
    0.8,
    true,
  ),
  ...['1e3', '1e5', '1e6'].map((size) =>
    ratio(
      `dispatch at ${size} finished, of a bare two-commit loop`,
      `outbox.dispatch.rate@${size}`,
      'sqlite.twocommit.rate',
      1.5,
      true,
    ),
  ),
  ratio('claim at 1e6 waiting, of one at 1e3', 'outbox.claim.ms@1e6', 'outbox.claim.ms@1e3', 1.2, false),
  ratio('the same with 1e6 finished kept', 'outbox.claim.ms@1e6+1e6', 'outbox.claim.ms@1e3', 1.2, false),
  atLeast('journal.catch-up.rate@1e6', 20_000),
  atMost('journal.sale.late.p99.ms', 20),
  atMost('start.ms@1e6', 400),
  atMost('memory.mb@1e6', 120),
  atMost('callback.to.page.ms', 50),
  atLeast('callbacks.rate', 495),
  atMost('callbacks.answer.p99.ms', 50),
  atMost('callbacks.lost', 0),
  atMost('payments.drawn.ms@1e6', 300),
  atMost('receipt.encode.logo.p99.ms', 10),
  atMost('print.key.to.byte.p99.ms', 50),
  atMost('print.dead.cost.ms', 2),
  atMost('print.dead.cpu.percent', 1),
  atMost('page.js.kb', 150),
  atMost('page.ready.ms', 200),
]

/** One line for a person on each target. */
export function verdicts(figures: readonly Figure[]): readonly string[] {
  const values = new Map(figures.map(({ figure, value }) => [figure, value]))
  const find: Find = (figure) => {
    const value = values.get(figure)
    if (value === undefined) throw new Error(`${figure} was not measured`)
    return value
  }
  return targets.map((target) => {
    if (!target.needs.every((figure) => values.has(figure))) return `not measured  ${target.words}`
    const measured = target.measured(find)
    const reached = target.atLeast ? measured >= target.limit : measured <= target.limit
    const wanted = `${target.atLeast ? 'at least' : 'at most'} ${target.limit}`
    return `${reached ? 'reached' : 'MISSED '}       ${target.words}: ${measured.toFixed(2)} (${wanted})`
  })
}
