/** A thing that others must be able to name before it is made: the outbox and its executors need each other. */
export interface Later<T> {
  /** @throws Error before `set` */
  get(): T
  set(made: T): void
}

export function later<T>(name: string): Later<T> {
  let held: { readonly value: T } | null = null
  return {
    get() {
      if (held === null) throw new Error(`${name} is asked for before it is made`)
      return held.value
    },
    set(made) {
      held = { value: made }
    },
  }
}
