/** What a process did to its files, in order. `file` is the name without its folder. */
export type Step =
  | { readonly kind: 'write'; readonly file: string; readonly offset: number; readonly bytes: Buffer }
  | { readonly kind: 'truncate'; readonly file: string; readonly size: number }
  | { readonly kind: 'sync'; readonly file: string }
  | { readonly kind: 'unlink'; readonly file: string }
  | { readonly kind: 'acknowledge'; readonly number: number }

/** In `sync`: the list of names was flushed, and with it what was unlinked. */
export const folderItself = '.'

interface Call {
  readonly name: string
  readonly rest: string
  readonly result: number
}

const linePattern = /^(\d+) +(.*)$/
const callPattern = /^(\w+)\((.*)\) += (-?\d+)/s

/**
 * Reads what `strace -f -xx` wrote, for the files whose path begins with `folder`.
 * @throws Error for a way of writing that is not understood: a step left out would make every verdict worthless
 */
export function readTrace(text: string, folder: string): Step[] {
  const names = new Map<number, string>()
  return [...joinedCalls(text)].flatMap((call) => toStep(call, names, folder))
}

/** strace cuts a call in two when another thread comes in between. */
function* joinedCalls(text: string): Generator<Call> {
  const begun = new Map<string, string>()
  for (const row of text.split('\n')) {
    const [, process, words] = linePattern.exec(row) ?? []
    if (process === undefined || words === undefined) continue
    const unfinished = /^(.*) <unfinished \.\.\.>$/s.exec(words)?.[1]
    if (unfinished !== undefined) {
      begun.set(process, unfinished)
      continue
    }
    const resumed = /^<\.\.\. \w+ resumed>(.*)$/s.exec(words)?.[1]
    const whole = resumed === undefined ? words : (begun.get(process) ?? '') + resumed
    const [, name, rest, result] = callPattern.exec(whole) ?? []
    if (name !== undefined && rest !== undefined) yield { name, rest, result: Number(result) }
  }
}

function toStep({ name, rest, result }: Call, names: Map<number, string>, folder: string): Step[] {
  if (result < 0) return []
  if (name === 'openat') {
    const path = textOf(rest)
    if (path === folder) names.set(result, folderItself)
    else if (path.startsWith(`${folder}/`)) names.set(result, path.slice(folder.length + 1))
    else names.delete(result)
    return []
  }
  if (name === 'unlink' || name === 'unlinkat') {
    const path = textOf(rest)
    return path.startsWith(`${folder}/`) ? [{ kind: 'unlink', file: path.slice(folder.length + 1) }] : []
  }
  const handle = Number.parseInt(rest, 10)
  if (name === 'close') {
    names.delete(handle)
    return []
  }
  if (name === 'write' && handle === 1) return acknowledgements(textOf(rest))
  const file = names.get(handle)
  if (file === undefined || file.endsWith('-shm')) return []
  return [change(name, rest, result, file)]
}

function change(name: string, rest: string, result: number, file: string): Step {
  if (name === 'pwrite64') {
    const bytes = bytesOf(rest)
    const offset = Number(/, (\d+)$/.exec(rest)?.[1] ?? Number.NaN)
    if (bytes.length !== result || !Number.isInteger(offset))
      throw new Error(`a write of ${file} was cut in the trace`)
    return { kind: 'write', file, offset, bytes }
  }
  if (name === 'ftruncate') return { kind: 'truncate', file, size: Number(/, (\d+)$/.exec(rest)?.[1]) }
  if (name === 'fsync' || name === 'fdatasync') return { kind: 'sync', file }
  throw new Error(`${file} was changed by ${name}, which the replay does not know`)
}

function acknowledgements(text: string): Step[] {
  return [...text.matchAll(/ACK (\d+)/g)].map((match) => ({ kind: 'acknowledge', number: Number(match[1]) }))
}

/** The first string of the arguments; with -xx every byte of it is \xNN. */
function bytesOf(rest: string): Buffer {
  const quoted = /"((?:\\x[0-9a-f]{2})*)"/.exec(rest)?.[1]
  if (quoted === undefined) throw new Error(`no whole string in a traced call: ${rest.slice(0, 80)}`)
  return Buffer.from(quoted.replaceAll('\\x', ''), 'hex')
}

function textOf(rest: string): string {
  return bytesOf(rest).toString('utf8')
}
