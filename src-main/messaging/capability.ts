import type { Language } from '../../src-preload/contract/paging.ts'
import type { Accounts } from '../accounts/service.ts'
import type { Callbacks } from '../callbacks/service.ts'
import type { Customers } from '../customers/service.ts'
import type { Host } from '../host.ts'
import type { Printing } from '../printing/service.ts'
import type { Receipts } from '../receipts/service.ts'
import { messageEffect } from './effect.ts'
import { messageNotifications } from './notifications.ts'
import { messagingProcedures } from './procedures.ts'
import { createMessaging, type Messaging } from './service.ts'
import { createMessageStore } from './store.ts'
import { createWhatsAppInbox } from './whatsapp-inbox.ts'

export interface MessagingNeeds {
  readonly accounts: Accounts
  readonly customers: Customers
  readonly receipts: Receipts
  readonly printing: Printing
}

/** What is said to customers; what they are sent is answered by their providers, through callbacks. */
export function joinMessaging(host: Host, needs: MessagingNeeds) {
  const { accounts, printing } = needs
  const store = createMessageStore({ ...host, providerOf: (id) => accounts.providerOf(id) })
  const receiptPdf = (saleId: string, language: Language) => printing.receiptFile(saleId, 'pdf', language)
  const messaging: Messaging = createMessaging({ ...host, ...needs, store, receiptPdf })
  host.procedures(messagingProcedures(messaging))
  host.notifications.of(messageNotifications)
  return {
    messaging,
    /** Messages go out, and WhatsApp is read, once somebody can take in what comes back. */
    answeredBy(callbacks: Callbacks): void {
      host.outbox.register(messageEffect(store, accounts, callbacks.readAgain))
      const inbox = createWhatsAppInbox({ ...host, accounts, messaging, callbacks })
      host.feed.listen((topic) => {
        if (topic === 'accounts') inbox.refresh()
      })
      host.onStart(inbox.refresh)
      host.onStop(inbox.stop)
    },
  }
}
