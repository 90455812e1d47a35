import type { MoneyNetwork } from '../../src-preload/contract/payments.ts'

type Named = Pick<MoneyNetwork, 'accountId' | 'label'>

/** "M-Pesa (Vodacom, Tanzania)" is "M-Pesa" where no other is called so. */
function bare(label: string): string {
  const short = label.replace(/\s*\([^)]*\)$/, '')
  return short === '' ? label : short
}

/** What a network is called among these: without what stands in brackets, unless that tells two apart. */
export function networkName(network: Named, among: readonly Named[]): string {
  const short = bare(network.label)
  const alone = among.every(
    ({ accountId, label }) => accountId === network.accountId || bare(label) !== short,
  )
  return alone ? short : network.label
}
