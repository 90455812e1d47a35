import { cleanup, render, screen } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import { wordless } from '../../page-under-test.tsx'
import { ApiUse } from './api-use.tsx'

afterEach(cleanup)

const live = { mode: 'live', dataFolder: '/home/neema/Kaunta/live' } as const
const codes = () => [...document.querySelectorAll('dd code')].map((code) => code.textContent)

test('a page that came through the door shows its address, its document and a line to try', () => {
  render(<ApiUse secret="kaunta_abc" door="http://127.0.0.1:4711" status={live} />, { wrapper: wordless })
  expect(codes()).toEqual([
    'http://127.0.0.1:4711/api/v1',
    'http://127.0.0.1:4711/api/v1/openapi.json',
    'curl -H "Authorization: Bearer kaunta_abc" http://127.0.0.1:4711/api/v1/openapi.json',
  ])
  expect(screen.queryByText('settings.apiKeys.windowOnly')).toBeNull()
})

test('the window, which serves no programs, says how the door is opened over its own data, and then the same', () => {
  render(<ApiUse secret="kaunta_abc" door={null} status={live} />, { wrapper: wordless })
  expect(codes()).toEqual([
    'npm run serve -- --port 47811 --data "/home/neema/Kaunta"',
    'http://127.0.0.1:47811/api/v1',
    'http://127.0.0.1:47811/api/v1/openapi.json',
    'curl -H "Authorization: Bearer kaunta_abc" http://127.0.0.1:47811/api/v1/openapi.json',
  ])
  expect(screen.getByText('settings.apiKeys.windowOnly')).toBeDefined()
})
