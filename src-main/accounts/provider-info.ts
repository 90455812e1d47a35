import type { Capability, ProviderInfo } from '../../src-preload/contract/providers.ts'
import { formFields } from '../providers/form.ts'
import type { ProviderDeclaration } from '../providers/provider.ts'

export const channelNames: Readonly<Record<Capability, string>> = {
  sms: 'SMS',
  whatsapp: 'WhatsApp',
  mobileMoney: 'M-Pesa',
}

export function toInfo(declaration: ProviderDeclaration): ProviderInfo {
  return {
    id: declaration.id,
    label: declaration.label,
    capabilities: [...declaration.capabilities],
    markets: [...declaration.markets],
    docsUrl: declaration.docsUrl,
    settings: formFields(declaration.settings, declaration.fields, 'settings'),
    secrets: formFields(declaration.secrets, declaration.fields, 'secrets'),
    limits: [...declaration.limits],
    pairing: declaration.capabilities.includes('whatsapp'),
  }
}
