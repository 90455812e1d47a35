import { XMLBuilder, XMLParser, XMLValidator } from 'fast-xml-parser'
import { z } from 'zod'

const commandSchema = z.object({ COMMAND: z.record(z.string(), z.string()) })

/**
 * The fields of a COMMAND, as the network's gateway writes them: one level, each tag once, their names in upper case.
 * Blanks and a byte order mark in front, small letters and a bare & do no harm. Null for anything else, and for a document
 * that declares entities of its own.
 */
export function readCommand(text: string): Readonly<Record<string, string>> | null {
  const plain = text
    .replace(/^[\s\uFEFF]+/, '')
    .replace(/&(?!(?:#\d+|#x[\da-f]+|amp|lt|gt|quot|apos);)/gi, '&amp;')
  if (!plain.startsWith('<') || /<!ENTITY/i.test(plain)) return null
  if (XMLValidator.validate(plain) !== true) return null
  try {
    const options = { parseTagValue: false, ignoreDeclaration: true, transformTagName: upper }
    const parsed: unknown = new XMLParser(options).parse(plain)
    const command = commandSchema.safeParse(parsed)
    if (!command.success) return null
    const { TYPE, ...fields } = command.data.COMMAND
    return TYPE === undefined ? fields : { ...fields, TYPE: TYPE.trim().toUpperCase() }
  } catch {
    return null
  }
}

function upper(name: string): string {
  return name.toUpperCase()
}

export function writeCommand(fields: Readonly<Record<string, string>>): string {
  const body: unknown = new XMLBuilder({}).build({ COMMAND: fields })
  return `<?xml version="1.0" encoding="UTF-8"?>${String(body)}`
}
