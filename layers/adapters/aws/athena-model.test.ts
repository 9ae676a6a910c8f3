/** The model is what its pages say, as the commands of the SDK meet it. */
import {
  GetQueryExecutionCommand,
  GetQueryResultsCommand,
  StartQueryExecutionCommand,
  StopQueryExecutionCommand,
} from '@aws-sdk/client-athena'
import { expect, test } from 'vitest'
import { type AthenaFate, AthenaModel } from '../../../test/fakes/athena-model.ts'

function start(...fates: readonly AthenaFate[]) {
  const model = new AthenaModel(...fates)
  // biome-ignore lint/suspicious/noExplicitAny: a test knows the answers it asks for
  const send = model.send as (command: object) => Promise<any>
  const begin = async (): Promise<string> =>
    (await send(new StartQueryExecutionCommand({ QueryString: 'SELECT 1' }))).QueryExecutionId
  const statusOf = async (QueryExecutionId: string) =>
    (await send(new GetQueryExecutionCommand({ QueryExecutionId }))).QueryExecution.Status
  return { model, send, begin, statusOf }
}

test('what a query has found comes in pages, of which the first begins with the names', async () => {
  const { send, begin, statusOf } = start({ pages: [['1', '2'], ['3']] })
  const QueryExecutionId = await begin()
  expect(await statusOf(QueryExecutionId)).toEqual({ State: 'SUCCEEDED' })
  const valuesIn = (page: { ResultSet: { Rows: { Data: { VarCharValue: string }[] }[] } }) =>
    page.ResultSet.Rows.map(({ Data }) => Data[0]!.VarCharValue)
  const first = await send(new GetQueryResultsCommand({ QueryExecutionId }))
  expect(valuesIn(first)).toEqual(['n', '1', '2'])
  const last = await send(new GetQueryResultsCommand({ QueryExecutionId, NextToken: first.NextToken }))
  expect([valuesIn(last), last.NextToken]).toEqual([['3'], undefined])
})

test.each<[AthenaFate, object]>([
  [{ cancelled: 'by ann' }, { State: 'CANCELLED', StateChangeReason: 'by ann' }],
  [
    { failed: 'no disk', category: 1 },
    { State: 'FAILED', AthenaError: { ErrorCategory: 1, Retryable: false } },
  ],
  [
    { failed: 'no column', category: 2, retryable: true },
    { State: 'FAILED', StateChangeReason: 'no column', AthenaError: { ErrorCategory: 2, Retryable: true } },
  ],
])('a query that ends otherwise says why: %o', async (fate, status) => {
  const { begin, statusOf } = start(fate)
  expect(await statusOf(await begin())).toMatchObject(status)
})

test('one that takes long runs until then, and may be stopped', async () => {
  const { model, send, begin, statusOf } = start({ takesMs: 100 })
  const QueryExecutionId = await begin()
  await model.wait(99)
  expect(await statusOf(QueryExecutionId)).toEqual({ State: 'RUNNING' })
  await model.wait(1)
  expect(await statusOf(QueryExecutionId)).toEqual({ State: 'SUCCEEDED' })
  await send(new StopQueryExecutionCommand({ QueryExecutionId }))
  expect(model.stopped).toEqual([QueryExecutionId])
})

test('one that is refused is not begun, and calls that are too many are throttled and counted', async () => {
  const { model, begin } = start({ refused: 'line 1:8' })
  await expect(begin()).rejects.toMatchObject({ name: 'InvalidRequestException', message: 'line 1:8' })
  model.throttled = 1
  await expect(begin()).rejects.toMatchObject({ name: 'TooManyRequestsException' })
  await expect(begin()).rejects.toMatchObject({ name: 'InvalidRequestException' })
  expect(model.calls).toEqual({ StartQueryExecutionCommand: 3 })
})
