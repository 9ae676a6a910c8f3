/** The model is what its pages say. */
import { expect, test } from 'vitest'
import { EventSourceMappingModel, type MappingOptions } from '../../../test/fakes/event-source-mapping-model.ts'
import { FixedClock } from '../../../test/fakes/fixed-clock.ts'

type Outcome = 'done' | 'fails' | readonly string[]

/** Records a, b, c ..., which came a millisecond apart; `fate`: what becomes of the n-th invocation, from 1. */
async function runOver(
  letters: string,
  fate: (records: string, n: number) => Outcome,
  more: Partial<MappingOptions> = {},
) {
  const clock = new FixedClock(0)
  const invoked: string[] = []
  const options = { batchSize: 4, retries: 2, oldestMs: 1_000, waitMs: 10, ...more }
  const mapping = new EventSourceMappingModel(options, clock, async (records) => {
    const text = records.map(({ sequence }) => sequence).join('')
    invoked.push(text)
    const outcome = fate(text, invoked.length)
    if (outcome === 'fails') throw new Error('failed')
    const failed = outcome === 'done' ? [] : outcome
    return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) }
  })
  let arrivedMs = 0
  await mapping.run([...letters].map((sequence) => ({ sequence, arrivedMs: arrivedMs++ })))
  const givenUp = mapping.givenUp.map(({ requestContext, KinesisBatchInfo: it }) =>
    [requestContext.condition, it.startSequenceNumber, it.endSequenceNumber, it.batchSize].join(' '),
  )
  expect(mapping.invocations).toBe(invoked.length)
  return { invoked, givenUp }
}

test('batches come in order', async () => {
  expect(await runOver('abcdef', () => 'done')).toEqual({ invoked: ['abcd', 'ef'], givenUp: [] })
})

test('a batch that fails is split, which uses up no retry, until one record is given up and the shard goes on', async () => {
  const { invoked, givenUp } = await runOver('abcdef', (records) => (records.includes('c') ? 'fails' : 'done'))
  expect(invoked).toEqual(['abcd', 'ab', 'cd', 'c', 'c', 'c', 'd', 'ef'])
  expect(givenUp).toEqual(['RetryAttemptsExhausted c c 1'])
})

test('one that fails for a while is done', async () => {
  const { invoked, givenUp } = await runOver('ab', (_records, n) => (n <= 3 ? 'fails' : 'done'))
  expect({ invoked, givenUp }).toEqual({ invoked: ['ab', 'a', 'a', 'a', 'b'], givenUp: [] })
})

test('from the lowest record that is named the batch comes again', async () => {
  const { invoked, givenUp } = await runOver('abcd', (_records, n) => (n === 1 ? ['d', 'c'] : 'done'))
  expect({ invoked, givenUp }).toEqual({ invoked: ['abcd', 'cd'], givenUp: [] })
  expect((await runOver('ab', (_records, n) => (n === 1 ? ['x'] : 'done'))).invoked).toEqual(['ab', 'a', 'b'])
  const never = await runOver('abc', () => ['b'])
  expect(never.givenUp).toEqual(['RetryAttemptsExhausted b c 2'])
})

test('records that are too old are given up, each when it is', async () => {
  const { invoked, givenUp } = await runOver('abc', (records) => [records[0]!], { oldestMs: 19, retries: 3 })
  expect(invoked).toEqual(['abc', 'abc', 'bc'])
  expect(givenUp).toEqual(['RecordAgeExceeded a a 1', 'RecordAgeExceeded b c 2'])
})
