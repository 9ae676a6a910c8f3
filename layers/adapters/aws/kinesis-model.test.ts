/** The model is what its pages say, as the commands of the SDK meet it. */
import {
  GetRecordsCommand,
  GetShardIteratorCommand,
  ListShardsCommand,
  PutRecordsCommand,
} from '@aws-sdk/client-kinesis'
import { expect, test } from 'vitest'
import { KinesisModel } from '../../../test/fakes/kinesis-model.ts'

const StreamName = 's'
const LAST_KEY = (1n << 128n) - 1n

function start() {
  const model = new KinesisModel()
  // biome-ignore lint/suspicious/noExplicitAny: a test knows the answers it asks for
  const { send } = model.client as { readonly send: (command: object) => Promise<any> }
  const put = (...texts: readonly (readonly [text: string, key: bigint])[]) => {
    const Records = texts.map(([text, key]) => ({
      Data: Buffer.from(text),
      PartitionKey: 'p',
      ExplicitHashKey: String(key),
    }))
    return send(new PutRecordsCommand({ StreamName, Records }))
  }
  const pageOf = async (ShardId: string, StartingSequenceNumber: string, Limit: number) => {
    const ShardIteratorType = 'AT_SEQUENCE_NUMBER'
    const asked = new GetShardIteratorCommand({ StreamName, ShardId, ShardIteratorType, StartingSequenceNumber })
    return send(new GetRecordsCommand({ ShardIterator: (await send(asked)).ShardIterator, Limit }))
  }
  return { model, send, put, pageOf }
}
const textsIn = ({ Records }: { readonly Records: readonly { readonly Data: Uint8Array }[] }) =>
  Records.map(({ Data }) => Buffer.from(Data).toString())

test('records of a request are taken or not each by itself, in ascending numbers', async () => {
  const { model, put } = start()
  model.troubles.push({ failing: [1] })
  const { FailedRecordCount, Records } = await put(['a', 0n], ['b', 0n], ['c', 0n])
  expect(FailedRecordCount).toBe(1)
  expect(Records[1]).toEqual({ ErrorCode: 'ProvisionedThroughputExceededException', ErrorMessage: 'Rate exceeded' })
  expect(BigInt(Records[2].SequenceNumber)).toBeGreaterThan(BigInt(Records[0].SequenceNumber))
  expect(textsIn({ Records: model.shards[0]!.records })).toEqual(['a', 'c'])
})

test.each([
  ['busy', { name: 'ProvisionedThroughputExceededException', $fault: 'client' }, 0],
  ['forbidden', { name: 'AccessDeniedException' }, 0],
  ['away', { message: 'connect ECONNREFUSED' }, 0],
  ['silent', { name: 'TimeoutError' }, 1],
] as const)('a request that finds the stream %s', async (trouble, error, taken) => {
  const { model, put } = start()
  model.troubles.push(trouble)
  await expect(put(['a', 0n])).rejects.toMatchObject(error)
  expect(model.shards[0]!.records.length).toBe(taken)
  await put(['a', 0n])
  expect([model.shards[0]!.records.length, model.calls.put]).toEqual([taken + 1, 2])
})

test('a shard that was split is closed and stays readable, and its children share its keys', async () => {
  const { model, send, put, pageOf } = start()
  await put(['before', LAST_KEY])
  model.split(0, 1n << 127n)
  await put(['low', 0n], ['low too', (1n << 127n) - 1n], ['high', 1n << 127n], ['high too', LAST_KEY])
  const { Shards } = await send(new ListShardsCommand({ StreamName }))
  const ends = Shards.map((shard: { SequenceNumberRange: { EndingSequenceNumber?: string } }) =>
    Boolean(shard.SequenceNumberRange.EndingSequenceNumber),
  )
  expect(ends).toEqual([true, false, false])
  const pages = await Promise.all(Shards.map(({ ShardId }: { ShardId: string }) => pageOf(ShardId, '0', 10)))
  expect(pages.map(textsIn)).toEqual([['before'], ['low', 'low too'], ['high', 'high too']])
})

test('pages go on to the end: a closed shard has no next one, an open one has', async () => {
  const { model, send, put, pageOf } = start()
  const { Records } = await put(['a', 0n], ['b', 0n], ['c', 0n])
  const page = await pageOf('shardId-000000000000', Records[1].SequenceNumber, 1)
  expect([textsIn(page), page.MillisBehindLatest]).toEqual([['b'], 1])
  const rest = () => send(new GetRecordsCommand({ ShardIterator: page.NextShardIterator, Limit: 10 }))
  expect(await rest()).toMatchObject({ MillisBehindLatest: 0, NextShardIterator: expect.any(String) })
  model.split(0, 1n << 127n)
  expect(textsIn(await rest())).toEqual(['c'])
  expect(await rest()).not.toHaveProperty('NextShardIterator')
})
