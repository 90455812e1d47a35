import { useEffect, useState } from 'react'
import type { KauntaClient } from '../connection.ts'
import { useKaunta } from '../kaunta.tsx'
import { followStream } from '../live.ts'

/**
 * The newest item of a live stream, undefined before the first.
 * @param ends true for a stream with a natural end
 * @param subscribe must keep its identity (module level or memoised), otherwise the stream is opened anew
 */
export function useStream<T>(
  subscribe: (client: KauntaClient, signal: AbortSignal) => Promise<AsyncIterable<T>>,
  ends = false,
): T | undefined {
  const { client, connection } = useKaunta()
  const [item, setItem] = useState<T>()
  useEffect(() => {
    const stop = new AbortController()
    const { signal } = stop
    void followStream({
      connection,
      subscribe: () => subscribe(client, signal),
      onItem: (next: T) => setItem(() => next),
      ends,
      signal,
    })
    return () => stop.abort()
  }, [client, connection, subscribe, ends])
  return item
}
