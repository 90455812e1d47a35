import { means } from '../../changes.ts'

/** Whatever goes out may stand in the list. */
export const outboxChanges = (['status', 'message', 'printJob', 'payment', 'transfer'] as const).map(
  (topic) => means(topic, (_, { queries, ask }) => ask(queries.outbox.key())),
)
