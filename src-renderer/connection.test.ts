import { expect, test } from 'vitest'
import { ConnectionLost, connectWebSocket, reconnectPauseMs } from './connection.ts'

test('the pause doubles and stays within five seconds', () => {
  expect([0, 1, 2, 3, 4, 5, 60].map(reconnectPauseMs)).toEqual([250, 500, 1000, 2000, 4000, 5000, 5000])
})

test('a call waits for the door’s first answer, and is refused once the door is shut', async () => {
  const connection = connectWebSocket('ws://127.0.0.1:9/rpc', 'secret')
  expect(connection.state()).toBe('connecting')
  await expect(connection.client.live.status()).rejects.toBeInstanceOf(ConnectionLost)
  expect(connection.state()).toBe('lost')
  await expect(connection.client.live.status()).rejects.toBeInstanceOf(ConnectionLost)
  connection.close()
})
