import { contract } from '../../src-preload/contract/index.ts'
import { implementRoom } from '../implement.ts'
import { KauntaError } from '../problem.ts'
import type { PracticeRoom } from './service.ts'

/** The practice side of the screen; in live mode every call is refused. */
export function practiceProcedures(room: PracticeRoom | null) {
  const os = implementRoom(contract.practice)
  const must = (): PracticeRoom => {
    if (room === null) throw new KauntaError('PRACTICE_ONLY')
    return room
  }
  const after = (act: (room: PracticeRoom) => void) => {
    const it = must()
    act(it)
    return it.snapshot()
  }
  return os.router({
    watch: os.watch.handler(({ signal }) => must().watch(signal)),
    showPhone: os.showPhone.handler(({ input }) => after(({ world }) => world.showPhone(input.phone))),
    answerPrompt: os.answerPrompt.handler(({ input }) =>
      after(({ world }) => world.answerPrompt(input.phone, input.promptId, input.answer)),
    ),
    payByHand: os.payByHand.handler(({ input }) =>
      after(({ world }) => world.payByHand(input.provider, input)),
    ),
    setBalance: os.setBalance.handler(({ input }) =>
      after(({ world }) => world.setBalance(input.phone, input.balanceMinor)),
    ),
    scanCode: os.scanCode.handler(() => after(({ world }) => world.scanCode())),
    setFaults: os.setFaults.handler(async ({ input }) => {
      const it = must()
      await it.setFaults(input)
      return it.snapshot()
    }),
    tearPaper: os.tearPaper.handler(() => after(({ printer }) => printer.tear())),
  })
}
