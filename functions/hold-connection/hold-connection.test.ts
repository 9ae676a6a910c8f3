import type { APIGatewayProxyWebsocketEventV2 } from 'aws-lambda'
import { expect, test } from 'vitest'
import { liveProblem } from '#core/api/live.ts'
import type { Viewer } from '#core/ports.ts'
import { EVERY_KEY } from '#core/row-key.ts'
import { CONNECTION_TABLE } from '#runtime/live-connections.ts'
import { LiveFeed } from '#runtime/live-feed.ts'
import { contextWith } from '#runtime/ports.ts'
import { portsInTest } from '#test/fakes/ports-in-test.ts'
import { handler } from './handler.ts'

const manager: Viewer = { merchantId: 'm', subject: 'mia', role: 'store-manager', stores: ['s1'] }

function newConnection() {
  const sent: string[] = []
  let backlog = 0
  const live = {
    send: async (_id: string, text: string) => sent.push(text) > 0,
    close: async () => {},
    backlog: () => backlog,
  }
  const ports = portsInTest({ live })
  const tell = async (routeKey: string, body?: string, viewer: Viewer | undefined = manager) => {
    const authorizer = viewer && { viewer: JSON.stringify(viewer) }
    const event = { requestContext: { routeKey, connectionId: 'c', authorizer }, body }
    const { statusCode } = await handler(event as unknown as APIGatewayProxyWebsocketEventV2, contextWith(ports, 'h'))
    return statusCode
  }
  const rows = async () =>
    (await ports.state.query({ table: CONNECTION_TABLE, range: EVERY_KEY })).map(({ row }) => row)
  const problems = () => sent.map((text) => liveProblem.parse(JSON.parse(text)).problems.map(({ field }) => field))
  return { tell, rows, problems, fallBehind: () => (backlog = 1 << 20) }
}

test('a connection is remembered with what it last asked for, until it leaves', async () => {
  const { tell, rows, problems } = newConnection()
  expect(await tell('$connect')).toBe(200)
  expect(await rows()).toMatchObject([{ viewer: manager }])
  expect((await rows())[0]).not.toHaveProperty('asked')
  expect(await tell('$default', '{"type":"subscribe","topics":["kpi"]}')).toBe(200)
  expect(await tell('$default', '{"type":"subscribe","stores":["s1"],"resume":"e.7"}')).toBe(200)
  expect(await rows()).toMatchObject([{ viewer: manager, asked: { id: 'id2', stores: ['s1'], resume: 'e.7' } }])
  expect(problems()).toEqual([])
  await tell('$disconnect')
  expect(await rows()).toEqual([])
})

test('what it says wrong it is told, and nothing changes by it', async () => {
  const { tell, rows, problems } = newConnection()
  await tell('$connect')
  await tell('$default', '{"type":"subscribe","topics":["kpi"]}')
  const before = await rows()
  const wrong = ['', '{', '{"type":"subscribe","topics":["weather"]}', '{"type":"subscribe","stores":["s1","s2"]}']
  for (const text of [...wrong, 'x'.repeat(40_000)]) expect(await tell('$default', text)).toBe(200)
  expect(problems()).toEqual([[''], [''], ['topics.0'], ['stores.1'], ['']])
  expect(await rows()).toEqual(before)
})

test('who does not listen is not told what they say wrong', async () => {
  const { tell, problems, fallBehind } = newConnection()
  await tell('$connect')
  fallBehind()
  await tell('$default', 'nonsense')
  expect(problems()).toEqual([])
})

test('what comes when the connection is gone is nothing', async () => {
  const { tell, rows, problems } = newConnection()
  expect(await tell('$default', '{"type":"subscribe"}')).toBe(200)
  expect(await rows()).toEqual([])
  expect(problems()).toEqual([])
})

test('nobody is nobody', async () => {
  const { tell, rows } = newConnection()
  const event = { requestContext: { routeKey: '$connect', connectionId: 'c' } }
  const ports = portsInTest()
  const { statusCode } = await handler(event as unknown as APIGatewayProxyWebsocketEventV2, contextWith(ports, 'h'))
  expect(statusCode).toBe(401)
  expect(await rows()).toEqual([])
  expect(await tell('$disconnect')).toBe(200)
})

test('where nobody else hears what a client says, it is answered at once, and the feeds need not do it again', async () => {
  const sent: { id: string; type: string }[] = []
  const live = {
    isHeldElsewhere: true as const,
    send: async (id: string, text: string) => sent.push({ id, type: JSON.parse(text).type }) > 0,
    close: async () => {},
    backlog: () => 0,
  }
  const ports = portsInTest({ live })
  const authorizer = { viewer: JSON.stringify(manager) }
  const tell = (routeKey: string, connectionId: string, body?: string) => {
    const event = { requestContext: { routeKey, connectionId, authorizer }, body }
    return handler(event as unknown as APIGatewayProxyWebsocketEventV2, contextWith(ports, 'h'))
  }
  for (const id of ['c', 'other']) {
    await tell('$connect', id)
    await tell('$default', id, '{"type":"subscribe"}')
  }
  await tell('$default', 'c', '{"type":"subscribe","topics":["kpi"]}')
  expect(sent).toEqual(
    ['c', 'other', 'c'].flatMap((id) => [
      { id, type: 'subscribed' },
      { id, type: 'snapshot' },
    ]),
  )
  sent.length = 0
  const feed = new LiveFeed(ports, { seesAllShards: false })
  feed.turnTo('m')
  await feed.send()
  expect(sent.filter(({ type }) => type !== 'changes')).toEqual([])
})
