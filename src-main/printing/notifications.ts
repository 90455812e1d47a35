import { reasons } from '../../src-preload/contract/reasons.ts'
import type { Sayings } from '../live/notifications.ts'

/** A paper of which only a person can say whether it came out. */
export const printNotifications: Sayings = { 'print.unknown': () => reasons.paperUnsure }
