import { reasonOf, type Sayings } from '../live/notifications.ts'

/** What did not reach a customer. */
export const messageNotifications: Sayings = {
  'message.failed': (event) => reasonOf(event, 'rejected'),
}
