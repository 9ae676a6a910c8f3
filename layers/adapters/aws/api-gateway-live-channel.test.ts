/** Answers of API Gateway that no emulator gives: "@connections commands in API Gateway", AWS documentation. */
import { DeleteConnectionCommand } from '@aws-sdk/client-apigatewaymanagementapi'
import { expect, test } from 'vitest'
import { ApiGatewayLiveChannel } from './api-gateway-live-channel.ts'

type Failure = { readonly name: string; readonly httpStatusCode: number; readonly message?: string }
const GONE: Failure = { name: 'GoneException', httpStatusCode: 410 }
const BUSY: Failure = { name: 'LimitExceededException', httpStatusCode: 429 }

function channelThat(...failures: readonly Failure[]) {
  const left = [...failures]
  const calls = { posts: 0, deletes: 0, waits: [] as number[] }
  const client = {
    send: async (command: unknown) => {
      if (command instanceof DeleteConnectionCommand) {
        calls.deletes++
        return {}
      }
      calls.posts++
      const failure = left.shift()
      if (failure === undefined) return {}
      const { name, httpStatusCode, message = name } = failure
      throw Object.assign(new Error(message), { name, $metadata: { httpStatusCode } })
    },
  }
  const sleep = async (ms: number) => void calls.waits.push(ms)
  return { channel: new ApiGatewayLiveChannel({ client: client as never, sleep }), calls }
}

test('a connection that is gone, or never was, is gone', async () => {
  const never = { name: 'BadRequestException', httpStatusCode: 400, message: 'Invalid connectionId: x' }
  for (const failure of [GONE, never]) {
    const { channel, calls } = channelThat(failure)
    expect(await channel.send('c', 'x')).toBe(false)
    expect([calls.posts, channel.backlog()]).toEqual([1, 0])
  }
})

test('to close a connection is to delete it', async () => {
  const { channel, calls } = channelThat()
  await channel.close('c')
  expect([calls.posts, calls.deletes]).toEqual([0, 1])
})

test('a channel that is busy is tried again, after ever longer', async () => {
  const { channel, calls } = channelThat(BUSY, BUSY, BUSY)
  expect(await channel.send('c', 'x')).toBe(true)
  expect(calls.waits.length).toBe(3)
  for (const [i, ms] of calls.waits.entries()) expect(ms).toBeGreaterThanOrEqual(25 * 2 ** i)
})

test('one that stays busy lets the connection go, so that it comes back and asks', async () => {
  const { channel, calls } = channelThat(...Array.from({ length: 20 }, () => BUSY))
  expect(await channel.send('c', 'x')).toBe(false)
  expect([calls.posts, calls.deletes]).toEqual([6, 1])
})

test('anything else is a fault', async () => {
  const { channel } = channelThat({ name: 'ForbiddenException', httpStatusCode: 403 })
  await expect(channel.send('c', 'x')).rejects.toThrow('Forbidden')
})
