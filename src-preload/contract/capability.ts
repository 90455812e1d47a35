import type { AnyContractRouter } from '@orpc/contract'
import type { z } from 'zod'
import type { EventFamily } from './event-family.ts'
import type { Problems } from './problem.ts'

/** One change of a live topic: its name, and the row as it is now. */
export type TopicSchema = z.ZodObject<{ readonly topic: z.ZodLiteral<string> } & z.core.$ZodLooseShape>

/** All that one capability lets be asked of it and tells: its part of each list. */
export interface CapabilityContract {
  /** What can be asked, by the names under which the page and REST reach it. */
  readonly procedures: Readonly<Record<string, AnyContractRouter>>
  /** What screens are told of by itself. */
  readonly topics: readonly TopicSchema[]
  /** What happens to its rows, by the first half of the events' types. */
  readonly events: Readonly<Record<string, EventFamily>>
  /** What it refuses. */
  readonly problems: Problems
  /** Its figures in the status line, by name. */
  readonly status: Readonly<Record<string, z.ZodType>>
}

/** What a capability has nothing of. */
export const nothing = { topics: [], events: {}, problems: {}, status: {} } as const

/** All capabilities as one, with what each of them said still known to the compiler. */
export interface JoinedContract<Procedures, Topic, Events, Problem, Status> {
  readonly procedures: Procedures
  readonly topics: readonly Topic[]
  readonly events: Events
  readonly problems: Problem
  readonly status: Status
  with<const C extends CapabilityContract>(
    part: C,
  ): JoinedContract<
    Procedures & C['procedures'],
    Topic | C['topics'][number],
    Events & C['events'],
    Problem & C['problems'],
    Status & C['status']
  >
}

type Parts<P, T, E, Q, S> = Omit<JoinedContract<P, T, E, Q, S>, 'with'>

/** @throws Error where two capabilities have one name for two things */
export function joinContracts<P extends object, T, E extends object, Q extends object, S extends object>(
  parts: Parts<P, T, E, Q, S>,
): JoinedContract<P, T, E, Q, S> {
  return {
    ...parts,
    with: (part) =>
      joinContracts({
        procedures: apart(parts.procedures, part.procedures),
        topics: [...parts.topics, ...part.topics],
        events: apart(parts.events, part.events),
        problems: apart(parts.problems, part.problems),
        status: apart(parts.status, part.status),
      }),
  }
}

function apart<A extends object, B extends object>(before: A, added: B): A & B {
  const twice = Object.keys(added).filter((name) => name in before)
  if (twice.length > 0) throw new Error(`two capabilities have ${twice.join(', ')}`)
  return { ...before, ...added }
}
