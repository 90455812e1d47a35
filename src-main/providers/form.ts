import { z } from 'zod'
import type { Sentence } from '../../src-preload/contract/paging.ts'
import type { FormField } from '../../src-preload/contract/providers.ts'
import type { FieldWords, ProviderDeclaration, SettingValue } from './provider.ts'

/** The form of an account, made from the provider's schema and words; a field without words shows its name. */
export function formFields(
  schema: z.ZodObject,
  words: Readonly<Record<string, FieldWords>>,
  kind: 'settings' | 'secrets',
): FormField[] {
  const shape: Readonly<Record<string, z.core.$ZodType>> = schema.shape
  return Object.entries(shape).map(([name, field]) => {
    const word = words[name]
    const inner = withoutOptional(field)
    return {
      name,
      label: word?.label ?? both(name),
      help: word?.help ?? null,
      kind: kind === 'secrets' ? 'secret' : kindOf(inner),
      choices: inner instanceof z.ZodEnum ? choicesOf(inner, word) : [],
      required: !isOptional(field),
      example: word?.example ?? '',
    }
  })
}

/** What an account still lacks or has wrong, field by field; empty when it can be used. */
export function checkAccount(
  declaration: ProviderDeclaration,
  settings: Readonly<Record<string, SettingValue>>,
  secrets: Readonly<Record<string, string>>,
): { readonly field: string; readonly detail: Sentence }[] {
  return [
    ...problemsOf(declaration, declaration.settings, settings),
    ...problemsOf(declaration, declaration.secrets, secrets),
  ]
}

function problemsOf(
  declaration: ProviderDeclaration,
  schema: z.ZodObject,
  values: Readonly<Record<string, SettingValue>>,
): { readonly field: string; readonly detail: Sentence }[] {
  const parsed = schema.safeParse(values)
  if (parsed.success) return []
  const fields = new Set(parsed.error.issues.map((issue) => String(issue.path[0] ?? '')))
  return [...fields].map((field) => ({
    field,
    detail: sentenceFor(declaration.fields[field], values[field] ?? '', field),
  }))
}

function sentenceFor(words: FieldWords | undefined, value: SettingValue, name: string): Sentence {
  const label = words?.label ?? both(name)
  if (value === '') {
    return { en: `${label.en} is missing. Fill it in.`, sw: `${label.sw} haijajazwa. Ijaze.` }
  }
  const hint = words?.example === undefined ? { en: '', sw: '' } : likeThis(words.example)
  return {
    en: `${label.en} is not written right.${hint.en}`,
    sw: `${label.sw} haikuandikwa vizuri.${hint.sw}`,
  }
}

function likeThis(example: string): Sentence {
  return { en: ` It looks like ${example}.`, sw: ` Huandikwa hivi: ${example}.` }
}

function both(text: string): Sentence {
  return { en: text, sw: text }
}

function isOptional(field: z.core.$ZodType): boolean {
  return field instanceof z.ZodOptional || field instanceof z.ZodDefault
}

function withoutOptional(field: z.core.$ZodType): z.core.$ZodType {
  return field instanceof z.ZodOptional || field instanceof z.ZodDefault
    ? withoutOptional(field.unwrap())
    : field
}

function kindOf(field: z.core.$ZodType): FormField['kind'] {
  if (field instanceof z.ZodEnum) return 'choice'
  if (field instanceof z.ZodNumber) return 'number'
  if (field instanceof z.ZodURL) return 'url'
  return 'text'
}

function choicesOf(field: z.ZodEnum, words: FieldWords | undefined): FormField['choices'] {
  return field.options.map((option) => {
    const value = String(option)
    return { value, label: words?.choices?.[value] ?? both(value) }
  })
}
