import { contract } from '../../src-preload/contract/index.ts'
import { implementRoom } from '../implement.ts'
import { printerModels } from './encoding/models.ts'
import type { Printing } from './service.ts'

export function printingProcedures(printing: Printing) {
  const os = implementRoom(contract.printing)
  const printer = implementRoom(contract.printers)
  const layout = implementRoom(contract.receiptLayout)
  const { look } = printing
  const hasLogo = () => ({ hasLogo: look.logo() !== null })
  return {
    printing: os.router({
      printReceipt: os.printReceipt.handler(({ input }) =>
        printing.printReceipt(input.saleId, input.language),
      ),
      reprintLast: os.reprintLast.handler(() => printing.reprintLast()),
      openDrawer: os.openDrawer.handler(() => printing.openDrawer()),
      list: os.list.handler(({ input }) => printing.list(input.saleId)),
      decide: os.decide.handler(({ input }) => printing.decide(input.id, input.printed)),
      receiptFile: os.receiptFile.handler(({ input }) =>
        printing.receiptFile(input.saleId, input.format, input.language),
      ),
    }),
    printers: printer.router({
      list: printer.list.handler(() => printing.printers()),
      save: printer.save.handler(({ input }) => printing.savePrinter(input.id, input.printer)),
      remove: printer.remove.handler(({ input }) => {
        printing.removePrinter(input.id)
        return { removed: true }
      }),
      models: printer.models.handler(() => [...printerModels]),
      subnets: printer.subnets.handler(() => printing.subnets()),
      find: printer.find.handler(({ input, signal }) => printing.find(input, signal)),
      check: printer.check.handler(({ input }) => printing.check(input.id)),
      statuses: printer.statuses.handler(() => printing.statuses()),
      printTestPage: printer.printTestPage.handler(({ input }) => printing.printTestPage(input.id)),
    }),
    receiptLayout: layout.router({
      get: layout.get.handler(() => ({ layout: look.layout(), ...hasLogo() })),
      save: layout.save.handler(({ input }) => look.save(input)),
      preview: layout.preview.handler(({ input }) =>
        printing.preview(input.layout, input.paper, input.language),
      ),
      setLogo: layout.setLogo.handler(async ({ input }) => {
        await look.setLogo(Buffer.from(input.base64, 'base64'))
        return hasLogo()
      }),
      removeLogo: layout.removeLogo.handler(() => {
        look.removeLogo()
        return hasLogo()
      }),
    }),
  }
}
