import { logoBytesMax } from '../../../../src-preload/contract/limits.ts'

export const logoTypes = ['image/png', 'image/jpeg'] as const

/** Why a file is not even sent, null for one that may be a logo. */
export function whyNoLogo(file: Pick<File, 'size' | 'type'>): 'logoBig' | 'logoKind' | null {
  if (!logoTypes.some((type) => type === file.type)) return 'logoKind'
  return file.size > logoBytesMax ? 'logoBig' : null
}

/** The bytes of a file as base64. Raises when the file cannot be read. */
export async function base64Of(file: Blob): Promise<string> {
  const address = await new Promise<string>((resolve, reject) => {
    const reader = new FileReader()
    reader.addEventListener('load', () => resolve(typeof reader.result === 'string' ? reader.result : ''))
    reader.addEventListener('error', () => reject(reader.error ?? new Error('the file cannot be read')))
    reader.readAsDataURL(file)
  })
  return address.slice(address.indexOf(',') + 1)
}
