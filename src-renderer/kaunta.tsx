import { createTanstackQueryUtils } from '@orpc/tanstack-query'
import { QueryClient, QueryClientProvider, type QueryKey } from '@tanstack/react-query'
import { createContext, type ReactNode, use, useEffect, useMemo, useSyncExternalStore } from 'react'
import type { Meaning } from './changes.ts'
import type { Connection, ConnectionState, KauntaClient } from './connection.ts'
import { type FirstAnswers, recentSales, timeLineLimit } from './first-questions.ts'
import { followChanges, type Kaunta } from './live.ts'

const KauntaContext = createContext<Kaunta | null>(null)

/** Answers come from the machine itself, never from "the network" as the browser sees it; the live stream keeps them fresh. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        networkMode: 'always',
        staleTime: Number.POSITIVE_INFINITY,
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
        retry: false,
      },
      mutations: { networkMode: 'always', retry: false },
    },
  })
}

/**
 * Puts what was asked before the page was there where screens look for it. What was refused is left out: whoever shows it
 * asks again, and says why not.
 * @returns settles once each answer, or its refusal, is there
 */
export async function takeAnswers(
  { client }: Connection,
  cache: QueryClient,
  answers: FirstAnswers,
): Promise<void> {
  const queries = createTanstackQueryUtils(client)
  // What a screen asked meanwhile, or was told, is newer.
  const put = (key: QueryKey, data: unknown) => {
    if (cache.getQueryData(key) === undefined) cache.setQueryData(key, data)
  }
  const take = async (key: QueryKey, answer: Promise<unknown>) => put(key, await answer)
  const takeHistory = async () => {
    const { saleId, messages, payments, jobs } = await answers.history
    const input = { saleId, limit: timeLineLimit }
    put(queries.messages.list.queryKey({ input }), messages)
    put(queries.payments.list.queryKey({ input }), payments)
    put(queries.printing.list.queryKey({ input: { saleId } }), jobs)
  }
  await Promise.allSettled([
    take(queries.sales.current.queryKey(), answers.current),
    take(queries.settings.get.queryKey(), answers.shop),
    take(queries.live.status.queryKey(), answers.status),
    take(queries.staff.desk.queryKey(), answers.desk),
    take(queries.printers.list.queryKey(), answers.printers),
    take(queries.printers.statuses.queryKey(), answers.printerStatuses),
    take(queries.accounts.list.queryKey(), answers.accounts),
    take(queries.providers.list.queryKey(), answers.providers),
    take(queries.payments.networks.queryKey(), answers.networks),
    take(queries.sales.handedOver.queryKey(), answers.handedOver),
    take(queries.sales.list.queryKey({ input: { limit: recentSales } }), answers.recent),
    takeHistory(),
  ])
}

interface KauntaProviderProps {
  readonly connection: Connection
  readonly queryClient: QueryClient
  /** The live stream that was opened before the page was there; null once taken. */
  readonly takeStream?: () => ReturnType<KauntaClient['live']['watch']> | null
  /** What a change means, for whichever screen. */
  readonly meanings: readonly Meaning[]
  readonly children: ReactNode
}

/** Gives screens the client and keeps TanStack Query's cache fed from one live subscription. */
export function KauntaProvider({
  connection,
  queryClient,
  takeStream,
  meanings,
  children,
}: KauntaProviderProps) {
  const kaunta = useMemo<Kaunta>(
    () => ({ connection, client: connection.client, queries: createTanstackQueryUtils(connection.client) }),
    [connection],
  )
  useEffect(() => {
    const stop = new AbortController()
    void followChanges(kaunta, queryClient, meanings, stop.signal, takeStream)
    return () => stop.abort()
  }, [kaunta, queryClient, meanings, takeStream])
  return (
    <KauntaContext value={kaunta}>
      <QueryClientProvider client={queryClient}>{children}</QueryClientProvider>
    </KauntaContext>
  )
}

/** The client and its queries. Raises when used outside `KauntaProvider`. */
export function useKaunta(): Kaunta {
  const kaunta = use(KauntaContext)
  if (kaunta === null) throw new Error('useKaunta needs a KauntaProvider above it')
  return kaunta
}

export function useConnectionState(): ConnectionState {
  const { connection } = useKaunta()
  return useSyncExternalStore(connection.subscribe, connection.state)
}
