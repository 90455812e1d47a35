import { XMLBuilder, XMLParser, XMLValidator } from 'fast-xml-parser'
import { z } from 'zod'

const commandSchema = z.object({ COMMAND: z.record(z.string(), z.string()) })

/**
 * The fields of a COMMAND, as the network's gateway writes them: one level, upper-case tags, each once. Null for
 * anything else, and for a document that declares entities of its own.
 */
export function readCommand(text: string): Readonly<Record<string, string>> | null {
  if (!text.trimStart().startsWith('<') || /<!ENTITY/i.test(text)) return null
  if (XMLValidator.validate(text) !== true) return null
  try {
    const parsed: unknown = new XMLParser({ parseTagValue: false, ignoreDeclaration: true }).parse(text)
    const command = commandSchema.safeParse(parsed)
    return command.success ? command.data.COMMAND : null
  } catch {
    return null
  }
}

export function writeCommand(fields: Readonly<Record<string, string>>): string {
  const body: unknown = new XMLBuilder({}).build({ COMMAND: fields })
  return `<?xml version="1.0" encoding="UTF-8"?>${String(body)}`
}
