import { type ModuleItem, parseSync, type VariableDeclaration } from '@swc/core'

/** What the linters cannot say: rules about statements, found by reading the syntax tree. */
export interface SourceFault {
  readonly rule: 'effect-on-import' | 'module-state' | 'time-from-nowhere' | 'long-function'
  readonly statement: string
}

export interface SourceRules {
  /** Refuse `new Date()` without a time, which is `Date.now()` by another name. */
  readonly timeFromClock: boolean
  /** Lines of its own that a function may have. */
  readonly functionLines: number
  readonly tsx?: boolean
}

/** Initial values at the top of a module that can change later, so that two companions would share them. */
const containers = new Set(['Map', 'Set', 'WeakMap', 'WeakSet', 'Array'])

type Node = Readonly<Record<string, unknown>>

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null
}

/** Faults of one TypeScript source: what runs or is kept when it is imported, and the rules given. */
export function findFaults(source: string, rules: SourceRules): readonly SourceFault[] {
  // swc counts positions on from one source to the next: the empty statement in front marks where this one begins.
  const text = `;${source}`
  const module = parseSync(text, { syntax: 'typescript', tsx: rules.tsx ?? false, target: 'es2024' })
  const [first, ...body] = module.body
  return [
    ...body.flatMap((item) => topFaults(item)),
    ...(rules.timeFromClock ? timeFaults(module) : []),
    ...longFunctions(module, Buffer.from(text), first?.span.start ?? 0, rules.functionLines),
  ]
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

/** Every node of the tree, parents before children. */
function* nodesOf(value: unknown): Generator<Node> {
  if (Array.isArray(value)) for (const item of value) yield* nodesOf(item)
  else if (isNode(value)) {
    yield value
    for (const inner of Object.values(value)) yield* nodesOf(inner)
  }
}

function timeFaults(module: unknown): readonly SourceFault[] {
  return [...nodesOf(module)]
    .filter((node) => node.type === 'NewExpression' && calleeName(node) === 'Date' && isEmpty(node.arguments))
    .map(() => ({ rule: 'time-from-nowhere', statement: 'new Date()' }))
}

const functionTypes =
  /^(?:Function(?:Declaration|Expression)|ArrowFunctionExpression|(?:Class|Private)?Method(?:Property)?|Constructor|[GS]etterProperty)$/

/** First and last line of a function. */
interface Extent {
  readonly from: number
  readonly to: number
}

/**
 * A function's own lines: blank lines and comments do not count, nor do the functions inside it, which count for
 * themselves. So a factory that returns ten short functions is as good as a class with ten short methods.
 */
function longFunctions(module: unknown, text: Buffer, base: number, limit: number): readonly SourceFault[] {
  const lineAt = (position: number) =>
    text
      .subarray(0, position - base)
      .toString()
      .split('\n').length
  const extents = [...nodesOf(module)].flatMap((node): readonly Extent[] => {
    const { span } = node
    if (typeof node.type !== 'string' || !functionTypes.test(node.type) || !isNode(span)) return []
    return [{ from: lineAt(Number(span.start)), to: lineAt(Number(span.end)) }]
  })
  const code = text
    .toString()
    .split('\n')
    .map((line) => !/^\s*(?:$|\/\/|\/?\*)/.test(line))
  return extents.flatMap((extent) => {
    const inner = extents.filter((one) => one.from >= extent.from && one.to <= extent.to && one !== extent)
    const own = code.filter(
      (counts, index) =>
        counts && isWithin(index + 1, extent) && !inner.some((one) => isBehindFirstLine(index + 1, one)),
    ).length
    return own > limit
      ? [{ rule: 'long-function' as const, statement: `line ${extent.from}: ${own} lines` }]
      : []
  })
}

function isWithin(line: number, { from, to }: Extent): boolean {
  return line >= from && line <= to
}

function isBehindFirstLine(line: number, { from, to }: Extent): boolean {
  return line > from && line <= to
}

function calleeName(node: Node): string {
  const { callee } = node
  return isNode(callee) && typeof callee.value === 'string' ? callee.value : ''
}

/** swc writes `new Map` without arguments as null. */
function isEmpty(list: unknown): boolean {
  return list === null || (Array.isArray(list) && list.length === 0)
}
