import { once } from 'node:events'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import Engine from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { runServer, startServer } from '../fixtures/server.ts'
import { tempFolder } from '../fixtures/temp-folder.ts'

describe('a start that cannot be', () => {
  it('names the port that is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const address = other.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    const { code, errors } = await runServer('--practice', '--port', String(port), '--data', tempFolder())
    other.close()
    expect(code).toBe(1)
    expect(errors).toContain(`Port ${port} is taken`)
    expect(errors).toContain(`Lango ${port} linatumiwa`)
  })

  it('names the folder that it cannot write', async () => {
    const file = join(tempFolder(), 'a-file')
    writeFileSync(file, '')
    const { code, errors } = await runServer('--practice', '--port', '0', '--data', join(file, 'data'))
    expect(code).toBe(1)
    expect(errors).toContain(join(file, 'data'))
    expect(errors).toContain('--data')
  })

  it('refuses a folder that another Kaunta uses, in both languages', async () => {
    const folder = tempFolder()
    const first = await startServer(folder)
    const { code, errors } = await runServer('--practice', '--port', '0', '--data', folder)
    expect(code).toBe(1)
    expect(errors).toContain('Another Kaunta is already using')
    expect(errors).toContain('Kaunta nyingine tayari inatumia')
    expect(await first.stop()).toBe(0)
    const next = await startServer(folder)
    expect(await next.stop()).toBe(0)
  })

  it('refuses data from a newer Kaunta and leaves every byte of it', async () => {
    const folder = tempFolder()
    await (await startServer(folder)).stop()
    const file = join(folder, 'practice', 'kaunta.db')
    const newer = new Engine(file)
    newer.exec("INSERT INTO migration VALUES (99, 'future', 'x', 0)")
    newer.pragma('wal_checkpoint(TRUNCATE)')
    newer.close()
    const before = readFileSync(file)
    const { code, errors } = await runServer('--practice', '--port', '0', '--data', folder)
    expect(code).toBe(1)
    expect(errors).toContain('written by a newer Kaunta')
    expect(readFileSync(file).equals(before)).toBe(true)
  })

  it('says that the data file is damaged, keeps it, and starts from the copy when told to', async () => {
    const folder = tempFolder()
    await (await startServer(folder)).stop()
    const file = join(folder, 'practice', 'kaunta.db')
    const copies = join(folder, 'practice', 'snapshots')
    mkdirSync(copies)
    writeFileSync(join(copies, 'kaunta-1795000000000.db'), readFileSync(file))
    writeFileSync(file, 'rubbish')
    const { code, errors } = await runServer('--practice', '--port', '0', '--data', folder)
    expect([code, readFileSync(file, 'utf8')]).toEqual([1, 'rubbish'])
    expect(errors).toContain('kaunta-1795000000000.db')
    const restored = await startServer(folder, '--restore')
    expect(await restored.stop()).toBe(0)
  })

  it('explains an argument that it does not understand', async () => {
    const { code, errors } = await runServer('--practice', '--port', 'abc', '--data', tempFolder())
    expect(code).toBe(1)
    expect(errors).toContain('--port')
  })
})
