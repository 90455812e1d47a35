import { type ModuleItem, parseSync, type VariableDeclaration } from '@swc/core'

/** What the linters cannot say: rules about statements, found by reading the syntax tree. */
export interface SourceFault {
  readonly rule: 'effect-on-import' | 'module-state' | 'time-from-nowhere'
  readonly statement: string
}

/** Initial values at the top of a module that can change later, so that two companions would share them. */
const containers = new Set(['Map', 'Set', 'WeakMap', 'WeakSet', 'Array'])

type Node = Readonly<Record<string, unknown>>

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null
}

/**
 * Faults of one TypeScript source: statements that run when it is imported, state kept by the module, and
 * `new Date()` without a time, which is `Date.now()` by another name.
 */
export function findFaults(
  source: string,
  rules: { readonly timeFromClock: boolean; readonly tsx?: boolean },
): readonly SourceFault[] {
  const module = parseSync(source, { syntax: 'typescript', tsx: rules.tsx ?? false, target: 'es2024' })
  const atTop = module.body.flatMap((item) => topFaults(item))
  return rules.timeFromClock ? [...atTop, ...timeFaults(module)] : atTop
}

function topFaults(item: ModuleItem): readonly SourceFault[] {
  const statement = item.type === 'ExportDeclaration' ? item.declaration : item
  if (statement.type === 'VariableDeclaration') return variableFaults(statement)
  return statement.type.endsWith('Statement') ? [{ rule: 'effect-on-import', statement: statement.type }] : []
}

function variableFaults({ kind, declarations }: VariableDeclaration): readonly SourceFault[] {
  if (kind !== 'const') return [{ rule: 'module-state', statement: kind }]
  return declarations.flatMap((one) => initialFaults(one.init))
}

function initialFaults(initial: unknown): readonly SourceFault[] {
  if (!isNode(initial)) return []
  if (initial.type === 'AwaitExpression') return [{ rule: 'effect-on-import', statement: 'await' }]
  const empty =
    (initial.type === 'ArrayExpression' && isEmpty(initial.elements)) ||
    (initial.type === 'ObjectExpression' && isEmpty(initial.properties)) ||
    (initial.type === 'NewExpression' && containers.has(calleeName(initial)) && isEmpty(initial.arguments))
  return empty ? [{ rule: 'module-state', statement: `empty ${String(initial.type)}` }] : []
}

function timeFaults(node: unknown): readonly SourceFault[] {
  if (Array.isArray(node)) return node.flatMap((item: unknown) => timeFaults(item))
  if (!isNode(node)) return []
  const here: readonly SourceFault[] =
    node.type === 'NewExpression' && calleeName(node) === 'Date' && isEmpty(node.arguments)
      ? [{ rule: 'time-from-nowhere', statement: 'new Date()' }]
      : []
  return [...here, ...Object.values(node).flatMap((value) => timeFaults(value))]
}

function calleeName(node: Node): string {
  const { callee } = node
  return isNode(callee) && typeof callee.value === 'string' ? callee.value : ''
}

/** swc writes `new Map` without arguments as null. */
function isEmpty(list: unknown): boolean {
  return list === null || (Array.isArray(list) && list.length === 0)
}
