/** Makes the same thing once: for what takes long to make and is asked for with few different arguments. */
export function remembered<Args extends readonly unknown[], T>(
  make: (...args: Args) => T,
): (...args: Args) => T {
  const made = new Map<string, T>()
  return (...args) => {
    const name = JSON.stringify(args)
    const thing = made.get(name) ?? make(...args)
    made.set(name, thing)
    return thing
  }
}
