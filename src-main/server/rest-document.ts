import type { OpenAPI } from '@orpc/contract'
import { OpenAPIGenerator } from '@orpc/openapi'
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4'
import { integration } from '../../src-preload/contract/integration.ts'
import { problems } from '../../src-preload/contract/problems.ts'

/** What stands beside every answer, and is written once. */
const problemSchema: OpenAPI.SchemaObject = {
  type: 'object',
  required: ['code', 'status', 'message', 'data'],
  properties: {
    code: { type: 'string', enum: Object.keys(problems) },
    status: { type: 'integer' },
    message: {
      type: 'string',
      description: 'What is wrong and what to do; in Swahili for Accept-Language: sw',
    },
    data: {
      type: 'object',
      properties: {
        field: { type: 'string', description: 'The input field that it concerns' },
        values: { type: 'object', description: 'What the message is filled with' },
      },
    },
  },
}

/** The OpenAPI 3.1 document of the integrators' door, as JSON. */
export async function restDocument(version: string): Promise<string> {
  const generator = new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] })
  const document = await generator.generate(integration, {
    info: {
      title: 'Kaunta',
      version,
      description:
        'Sales, messages and payments of this till. Amounts are minor units, times epoch ms (UTC), phones E.164.',
    },
    servers: [{ url: '/api/v1' }],
    security: [{ apiKey: [] }],
    components: {
      securitySchemes: { apiKey: { type: 'http', scheme: 'bearer' } },
      schemas: { Problem: problemSchema },
      responses: {
        Problem: {
          description: 'Refused; nothing was written',
          content: { 'application/json': { schema: { $ref: '#/components/schemas/Problem' } } },
        },
      },
    },
  })
  for (const { get, post, put } of Object.values(document.paths ?? {}).filter((path) => path !== undefined))
    for (const operation of [get, post, put])
      if (operation !== undefined)
        operation.responses = { ...operation.responses, default: { $ref: '#/components/responses/Problem' } }
  return JSON.stringify(document)
}
