import { expect, it } from 'vitest'
import { z } from 'zod'
import { formFieldSchema } from '../../src-preload/contract/providers.ts'
import { checkAccount, formFields } from './form.ts'
import { registry } from './registry.ts'

const declarations = registry.map((entry) => entry.declaration)

it('makes a field of every kind', () => {
  const schema = z.object({
    name: z.string(),
    port: z.number().optional(),
    address: z.url(),
    mode: z.enum(['a', 'b']).default('a'),
  })
  const words = { mode: { label: { sw: 'Hali', en: 'Mode' }, choices: { a: { sw: 'Moja', en: 'One' } } } }
  expect(formFields(schema, words, 'settings')).toEqual([
    {
      name: 'name',
      label: { sw: 'name', en: 'name' },
      help: null,
      kind: 'text',
      choices: [],
      required: true,
      example: '',
    },
    {
      name: 'port',
      label: { sw: 'port', en: 'port' },
      help: null,
      kind: 'number',
      choices: [],
      required: false,
      example: '',
    },
    {
      name: 'address',
      label: { sw: 'address', en: 'address' },
      help: null,
      kind: 'url',
      choices: [],
      required: true,
      example: '',
    },
    {
      name: 'mode',
      label: { sw: 'Hali', en: 'Mode' },
      help: null,
      kind: 'choice',
      choices: [
        { value: 'a', label: { sw: 'Moja', en: 'One' } },
        { value: 'b', label: { sw: 'b', en: 'b' } },
      ],
      required: false,
      example: '',
    },
  ])
  expect(formFields(z.object({ key: z.string() }), {}, 'secrets')[0]?.kind).toBe('secret')
})

it.each(declarations)(
  '$id has words in both languages for every field, and none for a field that is not there',
  (declaration) => {
    const names = [...Object.keys(declaration.settings.shape), ...Object.keys(declaration.secrets.shape)]
    expect(Object.keys(declaration.fields).toSorted()).toEqual(names.toSorted())
    const fields = [
      ...formFields(declaration.settings, declaration.fields, 'settings'),
      ...formFields(declaration.secrets, declaration.fields, 'secrets'),
    ]
    const sentences = [
      ...fields.flatMap((field) => [field.label, ...(field.help === null ? [] : [field.help])]),
      ...fields.flatMap((field) => field.choices.map((choice) => choice.label)),
      ...declaration.limits,
    ]
    for (const field of fields) expect(formFieldSchema.safeParse(field).success).toBe(true)
    for (const sentence of sentences) {
      expect(sentence.sw.length).toBeGreaterThan(1)
      expect(sentence.en.length).toBeGreaterThan(1)
    }
    for (const { name, choices } of fields) {
      const worded = Object.keys(declaration.fields[name]?.choices ?? {})
      expect(choices.map((choice) => choice.value).toSorted()).toEqual(worded.toSorted())
    }
  },
)

it.each(declarations)(
  '$id names each secret that is missing and each setting that is wrong',
  (declaration) => {
    const problems = checkAccount(declaration, {}, {})
    const required = [
      ...formFields(declaration.settings, declaration.fields, 'settings'),
      ...formFields(declaration.secrets, declaration.fields, 'secrets'),
    ].filter((field) => field.required)
    expect(problems.map((problem) => problem.field).toSorted()).toEqual(
      required.map((field) => field.name).toSorted(),
    )
    for (const { field, detail } of problems) {
      const label = declaration.fields[field]?.label
      expect(detail.en).toBe(`${label?.en} is missing. Fill it in.`)
      expect(detail.sw).toBe(`${label?.sw} haijajazwa. Ijaze.`)
    }
  },
)

it('shows how a wrong setting is written, and never its value', () => {
  const mpesa = declarations.find((declaration) => declaration.id === 'mpesa-kenya')
  if (mpesa === undefined) throw new Error('not registered')
  const secrets = { consumerKey: 'k'.repeat(20), consumerSecret: 's'.repeat(20), passkey: 'p'.repeat(20) }
  const settings = { shortcode: 'kumi', kind: 'CustomerPayBillOnline', tillNumber: '' }
  expect(checkAccount(mpesa, settings, secrets)).toEqual([
    {
      field: 'shortcode',
      detail: {
        en: 'Shortcode is not written right. It looks like 174379.',
        sw: 'Namba ya biashara (shortcode) haikuandikwa vizuri. Huandikwa hivi: 174379.',
      },
    },
  ])
  expect(checkAccount(mpesa, { ...settings, shortcode: '174379' }, secrets)).toEqual([])
  expect(JSON.stringify(checkAccount(mpesa, settings, { ...secrets, passkey: 'canary' }))).not.toContain(
    'canary',
  )
})
