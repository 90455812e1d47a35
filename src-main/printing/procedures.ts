import { contract } from '../../src-preload/contract/index.ts'
import { implementRoom } from '../implement.ts'
import type { Printing } from './service.ts'

export function printingProcedures(printing: Printing) {
  const os = implementRoom(contract.printing)
  const printer = implementRoom(contract.printers)
  return {
    printing: os.router({
      printReceipt: os.printReceipt.handler(({ input }) =>
        printing.printReceipt(input.saleId, input.language),
      ),
      reprintLast: os.reprintLast.handler(() => printing.reprintLast()),
      openDrawer: os.openDrawer.handler(() => printing.openDrawer()),
      list: os.list.handler(({ input }) => printing.list(input.saleId)),
      decide: os.decide.handler(({ input }) => printing.decide(input.id, input.printed)),
    }),
    printers: printer.router({
      get: printer.get.handler(() => printing.printer()),
      save: printer.save.handler(({ input }) => printing.savePrinter(input)),
      check: printer.check.handler(() => printing.check()),
      printTestPage: printer.printTestPage.handler(() => printing.printTestPage()),
    }),
  }
}
