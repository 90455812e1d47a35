import { expect, test } from 'vitest'
import { ConnectionLost, connectMessagePort, reconnectPauseMs } from './connection.ts'

test('the pause doubles and stays within five seconds', () => {
  expect([0, 1, 2, 3, 4, 5, 60].map(reconnectPauseMs)).toEqual([250, 500, 1000, 2000, 4000, 5000, 5000])
})

test('a call before the door is open is refused, not kept in silence', async () => {
  const connection = connectMessagePort(window)
  await expect(connection.client.live.status()).rejects.toBeInstanceOf(ConnectionLost)
  expect(connection.state()).toBe('connecting')
  connection.close()
})
