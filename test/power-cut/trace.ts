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
    const [, process = '', words = ''] = linePattern.exec(row) ?? []
    const unfinished = /^(.*) <unfinished \.\.\.>$/s.exec(words)?.[1]
    if (unfinished !== undefined) {
      begun.set(process, unfinished)
      continue
    }
    const resumed = /^<\.\.\. \w+ resumed>(.*)$/s.exec(words)?.[1]
    const call = toCall(resumed === undefined ? words : (begun.get(process) ?? '') + resumed)
    // A call that failed changed nothing.
    if (call !== null && call.result >= 0) yield call
  }
}

function toCall(words: string): Call | null {
  const [, name, rest, result] = callPattern.exec(words) ?? []
  return name === undefined || rest === undefined ? null : { name, rest, result: Number(result) }
}

function toStep({ name, rest, result }: Call, names: Map<number, string>, folder: string): Step[] {
  if (name === 'openat') {
    const file = within(folder, textOf(rest))
    if (file === null) names.delete(result)
    else names.set(result, file)
    return []
  }
  if (name === 'unlink' || name === 'unlinkat') {
    const file = within(folder, textOf(rest))
    return file === null ? [] : [{ kind: 'unlink', file }]
  }
  const handle = Number.parseInt(rest, 10)
  if (name === 'close') names.delete(handle)
  if (name === 'write' && handle === 1) return acknowledgements(textOf(rest))
  const file = names.get(handle)
  // The index of the log is memory; a power cut takes it whole.
  return file === undefined || file.endsWith('-shm') ? [] : [change(name, rest, result, file)]
}

/** The name inside the folder, or null for a path elsewhere. */
function within(folder: string, path: string): string | null {
  if (path === folder) return folderItself
  return path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : null
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
