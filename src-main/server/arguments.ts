import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { ProblemValues } from '../../src-preload/contract/problem.ts'
import { KauntaError } from '../problem.ts'

export interface ServerArguments {
  readonly practice: boolean
  readonly port: number
  readonly callbackPort: number
  readonly dataFolder: string
  readonly open: boolean
  readonly restore: boolean
  /** Practice only: how much faster than life the simulated providers are. */
  readonly timeScale: number
  /** Practice only: a JSON file that names a world simulated by another process. */
  readonly world: string | null
}

/** Where a relay or tunnel finds the callback listener when nobody says otherwise. */
const defaultCallbackPort = 47_810

/** @throws KauntaError INPUT_INVALID naming the argument */
export function readArguments(
  given: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): ServerArguments {
  const { values } = parse(given)
  const practice = values.practice ?? false
  return {
    practice,
    port: port('port', values.port, 0),
    callbackPort: port('callback-port', values['callback-port'], practice ? 0 : defaultCallbackPort),
    dataFolder: resolve(values.data ?? environment.KAUNTA_DATA ?? join(homedir(), '.kaunta')),
    open: values.open ?? false,
    restore: values.restore ?? false,
    timeScale: practice ? number('time-scale', values['time-scale'], 1) : 1,
    world: practice ? (values.world ?? null) : null,
  }
}

function parse(given: readonly string[]) {
  try {
    return parseArgs({
      args: [...given],
      options: {
        practice: { type: 'boolean' },
        port: { type: 'string' },
        'callback-port': { type: 'string' },
        data: { type: 'string' },
        open: { type: 'boolean' },
        restore: { type: 'boolean' },
        'time-scale': { type: 'string' },
        world: { type: 'string' },
      },
    })
  } catch (error) {
    throw new KauntaError('INPUT_INVALID', misfitArgument(error instanceof Error ? error.message : ''))
  }
}

/** What Node's reader of arguments complains of, of which only the argument's name is kept. */
function misfitArgument(complaint: string): ProblemValues {
  const named = /'(-{0,2}[^\s']+)/.exec(complaint)?.[1] ?? ''
  if (/argument missing|argument is ambiguous/.test(complaint)) return { field: named, misfit: 'missing' }
  if (complaint.includes('does not take an argument')) return { field: named, misfit: 'noValue' }
  return { field: named, misfit: 'noArgument', allowed: named }
}

function port(field: string, text: string | undefined, otherwise: number): number {
  const value = number(field, text, otherwise)
  if (!Number.isInteger(value))
    throw new KauntaError('INPUT_INVALID', { field: `--${field}`, misfit: 'notWhole' })
  if (value > 65_535)
    throw new KauntaError('INPUT_INVALID', { field: `--${field}`, misfit: 'tooLarge', limit: 65_535 })
  return value
}

function number(field: string, text: string | undefined, otherwise: number): number {
  const value = text === undefined ? otherwise : Number(text)
  if (!Number.isFinite(value) || value < 0)
    throw new KauntaError('INPUT_INVALID', { field: `--${field}`, misfit: 'notNumber' })
  return value
}
