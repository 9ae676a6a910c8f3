/** The model is what its pages say, as the commands of the SDK meet it. */
import { DeleteConnectionCommand, PostToConnectionCommand } from '@aws-sdk/client-apigatewaymanagementapi'
import { expect, test } from 'vitest'
import { WebSocketApiModel } from '../../../test/fakes/websocket-api-model.ts'

const MINUTE_MS = 60_000
const GONE = { name: 'GoneException', $metadata: { httpStatusCode: 410 } }

function start({ answers = 200 } = {}) {
  let nowMs = 0
  const routed: string[] = []
  const model = new WebSocketApiModel(
    () => nowMs,
    async (routeKey, id, body) => {
      routed.push([routeKey, id, body].filter(Boolean).join(' '))
      return { statusCode: answers }
    },
  )
  const { send } = model.client as { readonly send: (command: object) => Promise<object> }
  return {
    model,
    routed,
    pass: (minutes: number) => (nowMs += minutes * MINUTE_MS),
    post: (id: string, text: string) =>
      send(new PostToConnectionCommand({ ConnectionId: id, Data: Buffer.from(text) })),
    remove: (id: string) => send(new DeleteConnectionCommand({ ConnectionId: id })),
  }
}

test('a connection says and hears, until its client closes it', async () => {
  const { model, routed, post } = start()
  const id = await model.connect()
  await model.say(id, 'hello')
  await post(id, 'one')
  expect([model.heardBy(id), model.heardBy(id)]).toEqual([['one'], []])
  await model.close(id)
  expect(routed).toEqual([`$connect ${id}`, `$default ${id} hello`, `$disconnect ${id}`])
  await expect(post(id, 'two')).rejects.toMatchObject(GONE)
  expect(model.heardBy(id)).toEqual([])
})

test('whom $connect refuses is not connected', async () => {
  const { model, post } = start({ answers: 401 })
  await expect(model.connect()).rejects.toThrow('$connect answered 401')
  await expect(post('connection-0', 'one')).rejects.toMatchObject(GONE)
})

test('after two hours it is over, whatever is sent, and nobody says so', async () => {
  const { model, routed, post, pass } = start()
  const id = await model.connect()
  for (let minutes = 5; minutes < 120; minutes += 5) {
    pass(5)
    await post(id, 'one')
  }
  pass(5)
  expect(model.isOpen(id)).toBe(false)
  await expect(post(id, 'two')).rejects.toMatchObject(GONE)
  expect(routed).toEqual([`$connect ${id}`])
})

test.each(['says', 'hears'])('one that %s something is not idle, and ten minutes later it is over', async (what) => {
  const { model, post, pass } = start()
  const id = await model.connect()
  for (const minutes of [9, 9]) {
    pass(minutes)
    await (what === 'says' ? model.say(id, 'hello') : post(id, 'one'))
  }
  pass(10)
  expect(model.isOpen(id)).toBe(false)
})

test('one that is busy takes nothing, until it is not', async () => {
  const { model, post } = start()
  const [busy, other] = [await model.connect(), await model.connect()]
  model.throttle(busy, 1)
  const error = { name: 'LimitExceededException', $metadata: { httpStatusCode: 429 } }
  await expect(post(busy, 'one')).rejects.toMatchObject(error)
  await post(other, 'one')
  await post(busy, 'two')
  expect([model.heardBy(busy), model.heardBy(other)]).toEqual([['two'], ['one']])
})

test('one that is deleted is closed, once', async () => {
  const { model, routed, remove } = start()
  const id = await model.connect()
  await remove(id)
  expect([model.isOpen(id), routed.at(-1)]).toEqual([false, `$disconnect ${id}`])
  await expect(remove(id)).rejects.toMatchObject(GONE)
})

test('a message has 128 KB', async () => {
  const { model, post } = start()
  const id = await model.connect()
  await post(id, 'x'.repeat(128 * 1024))
  await expect(post(id, 'x'.repeat(128 * 1024 + 1))).rejects.toMatchObject({
    name: 'PayloadTooLargeException',
    $metadata: { httpStatusCode: 413 },
  })
})
