/** Which evidence may make which move. The database has the same pairs in a trigger. */
export type Moves<State extends string, Source extends string> = Readonly<
  Record<State, Readonly<Partial<Record<State, readonly Source[]>>>>
>

export interface StateMachine<State extends string, Source extends string> {
  /** True when evidence of this source may make this move. */
  mayMove(from: State, to: State, source: Source): boolean
  /** True while money may be on its way: nothing has said for certain how it ended. */
  isOpen(state: State): boolean
  /** Every allowed pair, for the test that compares them with the database's trigger. */
  allowedPairs(): string[]
}

/** The states of money that moves, as a table. */
export function stateMachine<State extends string, Source extends string>(
  moves: Moves<State, Source>,
  open: readonly NoInfer<State>[],
): StateMachine<State, Source> {
  return {
    mayMove: (from, to, source) => moves[from][to]?.includes(source) ?? false,
    isOpen: (state) => open.includes(state),
    allowedPairs: () =>
      Object.entries<object>(moves).flatMap(([from, targets]) =>
        Object.keys(targets).map((to) => `${from}>${to}`),
      ),
  }
}
