export interface Migration {
  /** 1, 2, 3 … without gaps. */
  readonly version: number
  readonly name: string
  readonly sql: string
}

const files = import.meta.glob<string>('../*/migrations/*.sql', {
  query: '?raw',
  import: 'default',
  eager: true,
})

/**
 * Each room keeps its own steps, numbered across all rooms; those of the first rooms lie together here.
 * The steps from an empty file to today's schema, embedded at build: no path to get wrong when packaged.
 * @throws Error when the numbers have a gap or a double
 */
export function readMigrations(): readonly Migration[] {
  const steps = Object.entries(files).map(([path, sql]) => {
    const match = /(\d{4})-([a-z0-9-]+)\.sql$/.exec(path)
    if (match?.[1] === undefined || match[2] === undefined)
      throw new Error(`${path} is not named NNNN-name.sql`)
    return { version: Number(match[1]), name: match[2], sql }
  })
  steps.sort((a, b) => a.version - b.version)
  steps.forEach((step, index) => {
    if (step.version !== index + 1) throw new Error(`migration ${index + 1} is missing or doubled`)
  })
  return steps
}
