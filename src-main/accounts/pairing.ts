import type { Pairing } from '../../src-preload/contract/providers.ts'
import type { Clock } from '../ports.ts'
import { KauntaError } from '../problem.ts'
import type { WhatsApp } from '../providers/whatsapp.ts'
import { sleep } from '../sleep.ts'
import type { Accounts } from './service.ts'

/** Asking longer than this can push an instance into `starting` (published by the provider's own support). */
const scanWindowMs = 110_000
const askEveryMs = 1_000

/** Watches one account's link to WhatsApp: state and image, changed ones only, until `signal` or the scan window ends. */
export async function* watchPairing(
  deps: { readonly accounts: Accounts; readonly clock: Clock },
  accountId: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<Pairing> {
  const whatsapp = await whatsAppOf(deps.accounts, accountId)
  const end = deps.clock.monotonic() + scanWindowMs
  let shown = ''
  let prepared = false
  while (signal?.aborted !== true) {
    const pairing = await look(whatsapp, accountId, deps.clock.now(), deps.clock.monotonic() < end)
    const { qrExpiresAt: _renewed, ...visible } = pairing
    if (JSON.stringify(visible) !== shown) {
      shown = JSON.stringify(visible)
      yield pairing
    }
    if (pairing.state === 'authorized' && !prepared) {
      prepared = true
      deps.accounts.works(accountId)
      await whatsapp.pairing.prepare()
    }
    await sleep(deps.clock, askEveryMs, signal)
  }
}

/** Ends the link; a new code may be scanned afterwards. */
export async function unlinkPairing(accounts: Accounts, clock: Clock, accountId: string): Promise<Pairing> {
  const whatsapp = await whatsAppOf(accounts, accountId)
  const outcome = await whatsapp.pairing.unlink()
  if (!outcome.ok) {
    const provider = accounts.get(accountId).label
    throw new KauntaError(outcome.error.kind === 'offline' ? 'PROVIDER_UNREACHABLE' : 'PROVIDER_REFUSED', {
      provider,
      detail: outcome.error.detail,
    })
  }
  return look(whatsapp, accountId, clock.now(), false)
}

async function look(whatsapp: WhatsApp, accountId: string, now: number, wantCode: boolean): Promise<Pairing> {
  const base: Pairing = { accountId, state: 'unreachable', qr: null, qrExpiresAt: null, phone: null }
  const state = await whatsapp.pairing.state()
  if (!state.ok) return { ...base, state: state.error.kind === 'offline' ? 'unreachable' : 'unknown' }
  if (state.value.state !== 'notAuthorized' || !wantCode) return { ...base, ...state.value }
  const qr = await whatsapp.pairing.qr()
  if (!qr.ok || qr.value === 'alreadyLinked') return { ...base, state: state.value.state }
  return {
    ...base,
    state: 'notAuthorized',
    qr: `data:image/png;base64,${qr.value.png}`,
    qrExpiresAt: now + qr.value.livesMs,
  }
}

async function whatsAppOf(accounts: Accounts, accountId: string): Promise<WhatsApp> {
  const { whatsapp } = await accounts.abilities(accountId)
  if (whatsapp === undefined)
    throw new KauntaError('PAIRING_NOT_OFFERED', { provider: accounts.get(accountId).label })
  return whatsapp
}
