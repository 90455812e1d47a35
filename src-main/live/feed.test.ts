import { describe, expect, it } from 'vitest'
import type { Change } from '../../src-preload/contract/live.ts'
import { freshDatabase } from '../../test/fixtures/database.ts'
import { createFeed, type Feed } from './feed.ts'
import { waitingMax } from './reader.ts'

/** A feed over rows that are no more than their ids. */
function openFeed() {
  const faults: string[] = []
  const damaged: string[] = []
  const read: string[] = []
  const feed = createFeed({
    onFault: (what) => faults.push(what),
    damage: {
      note(ids) {
        damaged.push(...ids)
        return 'mark'
      },
    },
  })
  feed.shows({
    reconciliation(id) {
      read.push(id)
      if (id.startsWith('gone')) return null
      if (id.startsWith('broken')) throw new Error('this row cannot be read')
      return { topic: 'reconciliation', id }
    },
    unread: () => ({ topic: 'unread' }),
  })
  return { feed, faults, damaged, read, database: freshDatabase() }
}

const idOf = (change: Change): string => (change.topic === 'reconciliation' ? change.id : change.topic)
const everything = { wants: () => true }

const uuid = (index: number): string => `01a1fd2d-e14e-778e-81b2-${String(index).padStart(12, '0')}`

/** Takes so many items of a stream, each as `number id`. */
async function take(stream: ReturnType<Feed['watch']>, count: number): Promise<string[]> {
  const taken: string[] = []
  while (taken.length < count) {
    const next = await stream.next()
    if (next.done === true) break
    taken.push(`${next.value.number} ${idOf(next.value.change)}`)
  }
  return taken
}

describe('the live feed', () => {
  it('tells of a row once for each commit, in the order of the first touch, and of nothing that was rolled back', async () => {
    const { feed, database, read } = openFeed()
    const heard: string[] = []
    feed.listen((topic, id) => heard.push(`${topic} ${id}`))
    const stream = feed.watch(undefined, everything)
    const undone = () =>
      database.transact((tx) => {
        feed.changed(tx, 'reconciliation', uuid(9))
        throw new Error('no')
      })
    expect(undone).toThrow('no')
    database.transact((tx) => {
      feed.changed(tx, 'reconciliation', uuid(1))
      feed.changed(tx, 'unread')
      feed.changed(tx, 'reconciliation', uuid(1))
      expect(heard).toEqual([])
    })
    expect(heard).toEqual([`reconciliation ${uuid(1)}`, 'unread '])
    expect(await take(stream, 2)).toEqual([`1 ${uuid(1)}`, '2 unread'])
    expect(read).toEqual([uuid(1)])
  })

  it('reads no row while nobody looks, and each once for all who do', async () => {
    const { feed, read } = openFeed()
    feed.tell('reconciliation', uuid(1))
    await Promise.resolve()
    const [one, two] = [feed.watch(undefined, everything), feed.watch(undefined, everything)]
    const blind = feed.watch(undefined, { wants: (topic) => topic === 'unread' })
    feed.tell('reconciliation', uuid(2))
    feed.tell('unread')
    expect(await take(one, 2)).toEqual([`1 ${uuid(2)}`, '2 unread'])
    expect(await take(two, 2)).toEqual([`1 ${uuid(2)}`, '2 unread'])
    expect(await take(blind, 1)).toEqual(['1 unread'])
    expect(read).toEqual([uuid(2)])
  })

  it('gives a slow reader each row once, as it was last', async () => {
    const { feed, read } = openFeed()
    const stream = feed.watch(undefined, everything)
    for (let round = 0; round < 5_000; round += 1) {
      feed.tell('reconciliation', uuid(round % 3))
      await Promise.resolve()
    }
    feed.tell('unread')
    expect(await take(stream, 4)).toEqual([`1 ${uuid(2)}`, `2 ${uuid(0)}`, `3 ${uuid(1)}`, '4 unread'])
    expect(read).toHaveLength(5_000)
  })

  it('leaves the numbers out of what a reader can no longer be given, and gives him what comes last', async () => {
    const { feed } = openFeed()
    const stream = feed.watch(undefined, everything)
    for (let index = 0; index <= waitingMax; index += 1) feed.tell('reconciliation', uuid(index))
    expect(await take(stream, 1)).toEqual([`${waitingMax + 1} ${uuid(waitingMax)}`])
    feed.tell('unread')
    expect(await take(stream, 1)).toEqual([`${waitingMax + 2} unread`])
  })

  it('keeps as many as may wait', async () => {
    const { feed } = openFeed()
    const stream = feed.watch(undefined, everything)
    for (let index = 0; index < waitingMax; index += 1) feed.tell('reconciliation', uuid(index))
    expect(await take(stream, 1)).toEqual([`1 ${uuid(0)}`])
  })

  it('spends no number on what a viewer may not see', async () => {
    const { feed } = openFeed()
    const stream = feed.watch(undefined, {
      wants: () => true,
      shown: (change) => (change.topic === 'unread' ? change : null),
    })
    feed.tell('reconciliation', uuid(1))
    feed.tell('unread')
    expect(await take(stream, 1)).toEqual(['1 unread'])
  })

  it('passes over a row that is gone, and tells of a damaged one under its mark; the others come', async () => {
    const { feed, damaged } = openFeed()
    const stream = feed.watch(undefined, everything)
    for (const id of ['gone', 'broken', 'no uuid', uuid(1)]) feed.tell('reconciliation', id)
    expect(await take(stream, 1)).toEqual([`1 ${uuid(1)}`])
    expect(damaged).toEqual(['reconciliation broken', 'reconciliation no uuid'])
  })

  it('hears a listener throw without harm to the others', async () => {
    const { feed, faults } = openFeed()
    const heard: string[] = []
    feed.listen(() => {
      throw new Error('no')
    })
    feed.listen((topic) => heard.push(topic))
    feed.tell('unread')
    expect([faults, heard]).toEqual([['telling of a unread'], ['unread']])
  })

  it('ends a stream with its signal’s reason, and quietly when nobody reads or the program ends', async () => {
    const { feed } = openFeed()
    const stop = new AbortController()
    const aborted = feed.watch(stop.signal, everything)
    const waits = aborted.next()
    stop.abort(new Error('he left'))
    await expect(waits).rejects.toThrow('he left')
    await expect(feed.watch(stop.signal, everything).next()).rejects.toThrow('he left')
    const left = feed.watch(undefined, everything)
    await left.return?.()
    feed.tell('unread')
    expect(await left.next()).toEqual({ done: true, value: undefined })
    const last = feed.watch(undefined, everything)
    feed.stop()
    expect(await last.next()).toEqual({ done: true, value: undefined })
  })
})
