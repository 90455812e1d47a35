import { createTanstackQueryUtils } from '@orpc/tanstack-query'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { createContext, type ReactNode, use, useEffect, useMemo, useSyncExternalStore } from 'react'
import type { Connection, ConnectionState } from './connection.ts'
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

/** Asks for what the counter shows first while the page is still being built; screens find the answers in the cache. */
export function askAhead({ client }: Connection, cache: QueryClient): void {
  const queries = createTanstackQueryUtils(client)
  void cache.prefetchQuery(queries.staff.desk.queryOptions())
  void cache.prefetchQuery(queries.sales.current.queryOptions())
  void cache.prefetchQuery(queries.settings.get.queryOptions())
  void cache.prefetchQuery(queries.printers.list.queryOptions())
  void cache.prefetchQuery(queries.printers.statuses.queryOptions())
  void cache.prefetchQuery(queries.accounts.list.queryOptions())
  void cache.prefetchQuery(queries.payments.networks.queryOptions())
}

interface KauntaProviderProps {
  readonly connection: Connection
  readonly queryClient: QueryClient
  readonly children: ReactNode
}

/** Gives screens the client and keeps TanStack Query's cache fed from one live subscription. */
export function KauntaProvider({ connection, queryClient, children }: KauntaProviderProps) {
  const kaunta = useMemo<Kaunta>(
    () => ({ connection, client: connection.client, queries: createTanstackQueryUtils(connection.client) }),
    [connection],
  )
  useEffect(() => {
    const stop = new AbortController()
    void followChanges(kaunta, queryClient, stop.signal)
    return () => stop.abort()
  }, [kaunta, queryClient])
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
