import { EventEmitter } from 'node:events'
import type { FoundPrinter } from '../../../src-preload/contract/printer-models.ts'
import { sleep } from '../../sleep.ts'
import { missedBy, type Source, type Surroundings } from './source.ts'

/** How long answers are waited for, ms. */
const listenMs = 3_000

/** What is used of a service that bonjour-service found. */
interface Announcement {
  readonly name: string
  readonly host: string
  readonly port: number
  readonly type: string
  readonly addresses?: readonly string[]
  readonly txt?: unknown
}

/** A string out of a TXT record: `ty` and `product` hold the model (Bonjour Printing Specification). */
function word(txt: unknown, key: string): string {
  if (typeof txt !== 'object' || txt === null) return ''
  const value: unknown = Object.entries(txt).find(([name]) => name === key)?.[1]
  return typeof value === 'string' ? value.replaceAll(/[()]/g, '') : ''
}

function toPrinter(service: Announcement, rawPort: number, { guess }: Surroundings): FoundPrinter {
  const ipv4 = service.addresses?.find((address) => /^\d+(?:\.\d+){3}$/.test(address))
  const type = word(service.txt, 'ty')
  return {
    source: 'announced',
    connection: {
      kind: 'network',
      host: ipv4 ?? service.host,
      // LPD has a port of its own, which takes no raw bytes; such printers listen on the raw port as well.
      port: service.type === 'printer' ? rawPort : service.port,
    },
    name: type || service.name,
    model: guess(`${type} ${word(service.txt, 'product')} ${service.name}`),
  }
}

/**
 * bonjour-service 1.4.4 leaves the error of a taken or forbidden port 5353 without a listener, which would end the
 * process.
 */
function onPortError(bonjour: object, failed: (error: unknown) => void): void {
  const server: unknown = Reflect.get(bonjour, 'server')
  const mdns: unknown = typeof server === 'object' && server !== null ? Reflect.get(server, 'mdns') : null
  if (mdns instanceof EventEmitter) mdns.on('error', failed)
}

/** As multicast-dns takes them; bound to one address alone, a socket would hear no multicast. */
interface SocketOptions {
  readonly name?: string
  readonly interface?: string
  readonly bind?: string
}

/**
 * Listens for mDNS announcements: `_pdl-datastream._tcp` (raw) and `_printer._tcp` (LPD).
 * @param multicastInterface IPv4 address of the only interface to ask on; every one where it is left out
 */
export function announcedSource(rawPort: number, multicastInterface: string | undefined): Source {
  return {
    name: 'announced',
    async look(surroundings) {
      const { clock, signal } = surroundings
      const { Bonjour } = await import('bonjour-service')
      const services: Announcement[] = []
      let missed: ReturnType<typeof missedBy> | null = null
      const failed = (error: unknown) => {
        missed = missedBy(error)
      }
      const options: SocketOptions =
        multicastInterface === undefined ? {} : { interface: multicastInterface, bind: '0.0.0.0' }
      const bonjour = new Bonjour(options, failed)
      onPortError(bonjour, failed)
      const browsers = ['pdl-datastream', 'printer'].map((type) =>
        bonjour.find({ type }, (service) => services.push(service)),
      )
      await sleep(clock, listenMs, signal)
      for (const browser of browsers) browser.stop()
      bonjour.destroy()
      return { found: services.map((service) => toPrinter(service, rawPort, surroundings)), missed }
    },
  }
}
