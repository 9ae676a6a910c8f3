/** The model is what its page says, as the command of the SDK meets it. */
import { PublishCommand, type PublishCommandInput } from '@aws-sdk/client-sns'
import { expect, test } from 'vitest'
import { SnsModel, type TopicState } from '../../../test/fakes/sns-model.ts'

function start(state: TopicState = 'takes') {
  const model = new SnsModel()
  model.state = state
  const { send } = model.client as {
    readonly send: (command: PublishCommand, options?: { readonly abortSignal: AbortSignal }) => Promise<object>
  }
  const publish = (more: Partial<PublishCommandInput> = {}, abortSignal?: AbortSignal) => {
    const input = {
      TopicArn: 'arn',
      Subject: 'Sold out',
      Message: '{"default":"a","email":"b"}',
      MessageStructure: 'json',
      MessageAttributes: { kind: { DataType: 'String', StringValue: 'stock' } },
      ...more,
    }
    return send(new PublishCommand(input), abortSignal && { abortSignal })
  }
  return { model, publish }
}

test('a message has a text for each protocol, and attributes', async () => {
  const { model, publish } = start()
  expect(await publish()).toHaveProperty('MessageId')
  expect(model.published).toEqual([
    { subject: 'Sold out', texts: { default: 'a', email: 'b' }, attributes: { kind: 'stock' } },
  ])
})

test.each([
  ['a', true],
  ['x'.repeat(100), true],
  ['', false],
  ['x'.repeat(101), false],
  [' a', false],
  ['a\nb', false],
  ['Ausverkauft: Öl', false],
])('a subject of %j is taken: %s', async (Subject, isTaken) => {
  const { model, publish } = start()
  const fate = await publish({ Subject }).then(
    () => 'taken',
    (error) => error.name,
  )
  expect(fate).toBe(isTaken ? 'taken' : 'InvalidParameterException')
  expect(model.published.length).toBe(Number(isTaken))
})

test.each([
  ['throttled', { name: 'ThrottledException', $metadata: { httpStatusCode: 429 } }],
  ['forbidden', { name: 'AuthorizationErrorException', $metadata: { httpStatusCode: 403 } }],
  ['gone', { name: 'NotFoundException', $metadata: { httpStatusCode: 404 } }],
  ['invalid', { name: 'InvalidParameterException', $metadata: { httpStatusCode: 400 } }],
  ['absent', { name: 'TimeoutError' }],
] as const)('a topic that is %s takes nothing', async (state, error) => {
  const { model, publish } = start(state)
  await expect(publish()).rejects.toMatchObject(error)
  expect(model.published).toEqual([])
})

test('one that hangs is heard of when it is given up', async () => {
  const { model, publish } = start('hangs')
  const control = new AbortController()
  const published = publish({}, control.signal)
  control.abort(new Error('given up'))
  await expect(published).rejects.toThrow('given up')
  expect(model.published).toEqual([])
})
