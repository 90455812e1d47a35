import type { Mutant } from './product-copy.ts'

const recovery = /this(?:\.#?\w+)+\(tx, effect, "the program ended during the call"\)/
const moveLeased = (to: string) =>
  `this.deps.database.connection.exec("UPDATE effect SET state = '${to}', lease_id = NULL, lease_until = NULL WHERE id = " + effect.id)`

/** The faults that R1 and R3 must see; each is what a plausible simpler program would do. */
export const mutants = {
  retryAtStart: {
    name: 'what was in flight at the crash goes out again',
    find: recovery,
    replace: moveLeased('queued'),
  },
  doneAtStart: {
    name: 'what was in flight at the crash counts as done',
    find: recovery,
    replace: moveLeased('done'),
  },
  retryAfterSilence: {
    name: 'a call without an answer is made again',
    find: /unknownOutcome: \(_error, at\) => \(\{/,
    replace:
      'unknownOutcome: (_error, at) => at.waits ? { step: { to: "queued", delayMs: 0, counts: false }, hold: null } : ({',
  },
  noSettleWindow: {
    name: '“not found” is believed at once',
    find: /consistencyWindowMs === null \? null : Math\.ceil\(consistencyWindowMs \/ deps\.timeScale\)/,
    replace: 'consistencyWindowMs === null ? null : 0',
  },
  transferAgain: {
    name: 'money whose answer was lost is sent again under a new name',
    find: /return send\(money, row, signal\);/,
    replace:
      'const first = await send(money, row, signal); return first.ok || first.error.kind !== "unknownOutcome" ? first : send(money, { ...row, id: crypto.randomUUID() }, signal);',
  },
  payoutHasNoName: {
    name: 'a payout that is asked for again is another payout',
    find: /transfers\.payOut\(input\)/,
    replace: 'transfers.payOut({ ...input, id: crypto.randomUUID(), again: true })',
  },
  answeredFirst: {
    name: 'a report is answered before it is stored',
    find: /if \(arrivals\.length === 0\) storeArrivals\(\);/,
    replace:
      'resolve(answerTo(raw, address)); if (arrivals.length === 0) setTimeout(() => { storeArrivals(); }, 50);',
  },
  toldLater: {
    name: 'an event is written down after its change',
    find: /append\(tx, event\);/,
    replace:
      'const told = { ...tx, afterCommit() {} }; tx.afterCommit(() => setTimeout(() => append(told, event), 50));',
  },
  takenLater: {
    name: 'a reader’s place is kept before what it did',
    find: /consumer\.take\(\{\s*\.\.\.tx,\s*afterCommit: \(call\) => after\.push\(call\)\s*\}, event\);/,
    replace:
      'const own = { ...tx, afterCommit() {} }; tx.afterCommit(() => setTimeout(() => consumer.take(own, event), 50));',
  },
} as const satisfies Record<string, Mutant>
