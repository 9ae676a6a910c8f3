/** The model is what its pages say, as the commands of the SDK meet it. */
import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  type TransactWriteItem,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb'
import { describe, expect, test } from 'vitest'
import { DynamoModel } from '../../../test/fakes/dynamo-model.ts'
import type { Item } from './row-item.ts'

const TableName = 't'
const key = (sk: string): Item => ({ pk: { S: 'p' }, sk: { S: sk } })
const item = (sk: string, bytes = 0): Item => ({ ...key(sk), tag: { S: sk }, row: { S: 'x'.repeat(bytes) } })
const put = (sk: string, bytes = 0) => new PutItemCommand({ TableName, Item: item(sk, bytes) })
const transact = (items: TransactWriteItem[], token = 'one') =>
  new TransactWriteItemsCommand({ TransactItems: items, ClientRequestToken: token })
const puts = (...sks: string[]): TransactWriteItem[] => sks.map((sk) => ({ Put: { TableName, Item: item(sk) } }))
const query = (more: object = {}) =>
  new QueryCommand({
    TableName,
    ExpressionAttributeValues: { ':pk': { S: 'p' }, ':from': { S: 'a' }, ':to': { S: 'z' } },
    ScanIndexForward: true,
    ...more,
  })
const start = async (...sks: string[]) => {
  const model = new DynamoModel()
  for (const sk of sks) await model.send(put(sk))
  return model
}
const has = async (model: DynamoModel, sk: string) =>
  (await model.send(new GetItemCommand({ TableName, Key: key(sk) }))).Item !== undefined

describe('a transaction', () => {
  test('is done whole, or refused with a reason for each item', async () => {
    const model = await start('a')
    const isNot = { ConditionExpression: 'attribute_not_exists(pk)' }
    const items = [...puts('b'), { ConditionCheck: { TableName, Key: key('a'), ...isNot } }]
    await expect(model.send(transact(items))).rejects.toMatchObject({
      name: 'TransactionCanceledException',
      CancellationReasons: [{ Code: 'None' }, { Code: 'ConditionalCheckFailed' }],
    })
    expect(await has(model, 'b')).toBe(false)
    await model.send(transact(puts('b', 'c')))
    expect([await has(model, 'b'), await has(model, 'c')]).toEqual([true, true])
  })

  test('of the same token changes nothing again, and is no other one', async () => {
    const model = await start()
    await model.send(transact(puts('a')))
    await model.send(new DeleteItemCommand({ TableName, Key: key('a') }))
    await model.send(transact(puts('a')))
    expect(await has(model, 'a')).toBe(false)
    await expect(model.send(transact(puts('b')))).rejects.toThrow('IdempotentParameterMismatchException')
  })

  test.each([
    ['none', []],
    ['101 items', puts(...Array.from({ length: 101 }, (_, i) => `a${i}`))],
    ['an item twice', puts('a', 'a')],
    ['more than 4 MB', Array.from({ length: 11 }, (_, i) => ({ Put: { TableName, Item: item(`a${i}`, 400_000) } }))],
    ['a long key', puts('a'.repeat(1025))],
  ])('of %s is refused', async (_what, items) => {
    await expect((await start()).send(transact(items))).rejects.toThrow('ValidationException')
  })
})

describe('faults', () => {
  test.each([
    ['PutItem', { is: 'throttle' }, { name: 'ProvisionedThroughputExceededException' }, false],
    ['PutItem', { is: 'conflict' }, { name: 'TransactionConflictException' }, false],
    ['PutItem', { is: 'internal' }, { $metadata: { httpStatusCode: 500 } }, false],
    ['PutItem', { is: 'silence' }, { name: 'TimeoutError' }, false],
    ['PutItem', { is: 'lost-answer' }, { name: 'TimeoutError' }, true],
    ['TransactWriteItems', { is: 'throttle' }, { CancellationReasons: [{ Code: 'ThrottlingError' }] }, false],
    ['TransactWriteItems', { is: 'conflict' }, { CancellationReasons: [{ Code: 'TransactionConflict' }] }, false],
    ['TransactWriteItems', { is: 'in-progress' }, { name: 'TransactionInProgressException' }, false],
    ['TransactWriteItems', { is: 'lost-answer' }, { name: 'TimeoutError' }, true],
  ] as const)('%s: %o', async (call, fault, error, happened) => {
    const model = await start()
    model.willMeet(call, fault)
    const command = call === 'PutItem' ? put('a') : transact(puts('a'))
    await expect(model.send(command)).rejects.toMatchObject(error)
    expect(await has(model, 'a')).toBe(happened)
    await model.send(command)
    expect(await has(model, 'a')).toBe(true)
  })

  test('keys that are not read come back', async () => {
    const model = await start('a', 'b', 'c')
    const batch = (Keys: Item[]) => new BatchGetItemCommand({ RequestItems: { t: { Keys } } })
    model.willMeet('BatchGetItem', { is: 'unprocessed', reads: 1 })
    expect(await model.send(batch(['a', 'b', 'x'].map(key)))).toEqual({
      Responses: { t: [item('a')] },
      UnprocessedKeys: { t: { Keys: [key('b'), key('x')] } },
    })
    expect(await model.send(batch([key('b'), key('x')]))).toEqual({
      Responses: { t: [item('b')] },
      UnprocessedKeys: {},
    })
    await expect(model.send(batch([key('a'), key('a')]))).rejects.toThrow('ValidationException')
  })
})

describe('a batch of writes', () => {
  const batch = (...sks: string[]) =>
    new BatchWriteItemCommand({ RequestItems: { t: sks.map((sk) => ({ PutRequest: { Item: item(sk) } })) } })

  test('puts and deletes, a unit each', async () => {
    const model = await start('a')
    const requests = [{ DeleteRequest: { Key: key('a') } }, { PutRequest: { Item: item('b', 2_000) } }]
    expect(await model.send(new BatchWriteItemCommand({ RequestItems: { t: requests } }))).toEqual({
      UnprocessedItems: {},
    })
    expect([await has(model, 'a'), await has(model, 'b')]).toEqual([false, true])
    expect(model.writeUnits).toBe(1 + 1 + 2)
  })

  test('gives back what it did not take', async () => {
    const model = await start()
    model.willMeet('BatchWriteItem', { is: 'unprocessed', reads: 1 })
    const left = { UnprocessedItems: { t: [{ PutRequest: { Item: item('b') } }] } }
    expect(await model.send(batch('a', 'b'))).toEqual(left)
    expect([await has(model, 'a'), await has(model, 'b')]).toEqual([true, false])
  })

  test('is of 25 at most, and none twice', async () => {
    const model = await start()
    const many = Array.from({ length: 26 }, (_, i) => `a${i}`)
    await model.send(batch(...many.slice(1)))
    await expect(model.send(batch(...many))).rejects.toThrow('ValidationException')
    await expect(model.send(batch('a', 'a'))).rejects.toThrow('ValidationException')
  })
})

test('the name of a journal goes where it is that one', async () => {
  const model = await start()
  await model.send(new PutItemCommand({ TableName, Item: { ...item('a'), journal: { S: 'one' } } }))
  const forget = (name: string) =>
    new UpdateItemCommand({
      TableName,
      Key: key('a'),
      UpdateExpression: 'REMOVE #journal',
      ConditionExpression: '#journal = :journal',
      ExpressionAttributeNames: { '#journal': 'journal' },
      ExpressionAttributeValues: { ':journal': { S: name } },
    })
  await expect(model.send(forget('two'))).rejects.toThrow('ConditionalCheckFailedException')
  await model.send(forget('one'))
  expect((await model.send(new GetItemCommand({ TableName, Key: key('a') }))).Item).toEqual(item('a'))
  await expect(model.send(forget('one'))).rejects.toThrow('ConditionalCheckFailedException')
})

describe('a query', () => {
  const sksOf = ({ Items }: { Items: Item[] }) => Items.map(({ sk }) => sk!.S)

  test('ends after its limit, and may say that there is more where there is none', async () => {
    const model = await start('c', 'a', 'b')
    const page = await model.send(query({ Limit: 3 }))
    expect(sksOf(page)).toEqual(['a', 'b', 'c'])
    expect(page.LastEvaluatedKey).toEqual(key('c'))
    expect(await model.send(query({ ExclusiveStartKey: key('c') }))).toEqual({ Items: [] })
    expect(sksOf(await model.send(query({ ScanIndexForward: false, Limit: 2 })))).toEqual(['c', 'b'])
  })

  test('has pages of a megabyte', async () => {
    const model = await start()
    for (const sk of ['a', 'b', 'c', 'd']) await model.send(put(sk, 400_000))
    expect(sksOf(await model.send(query()))).toEqual(['a', 'b', 'c'])
    expect(sksOf(await model.send(query({ ExclusiveStartKey: key('c') })))).toEqual(['d'])
  })
})

describe('units', () => {
  // Names and values of the item but for its text: pk, sk, tag and row are 13 bytes.
  const REST = 13
  test.each([
    ['a small item', 0, 1],
    ['a KB', 1024 - REST, 1],
    ['a byte more', 1025 - REST, 2],
  ])('%s', async (_what, bytes, units) => {
    const model = await start()
    await model.send(put('a', bytes))
    expect(model.writeUnits).toBe(units)
    await model.send(transact([{ Put: { TableName, Item: item('b', bytes) } }]))
    expect(model.writeUnits).toBe(3 * units)
    await model.send(
      transact(
        [
          {
            ConditionCheck: {
              TableName,
              Key: key('b'),
              ConditionExpression: '#tag = :tag',
              ExpressionAttributeValues: { ':tag': { S: 'b' } },
            },
          },
        ],
        'two',
      ),
    )
    expect(model.writeUnits).toBe(5 * units)
  })

  test('of the larger of before and after', async () => {
    const model = await start()
    await model.send(put('a', 3_000))
    await model.send(put('a'))
    await model.send(new DeleteItemCommand({ TableName, Key: key('a') }))
    expect(model.writeUnits).toBe(3 + 3 + 1)
  })
})
