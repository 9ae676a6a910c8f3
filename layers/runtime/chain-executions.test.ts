/** Runs that are executions elsewhere: begun once, one at a time for a merchant, ended once whatever becomes of the execution. */
import { expect, test } from 'vitest'
import type { ExecutionStatus } from '#core/ports.ts'
import { EVERY_KEY } from '#core/row-key.ts'
import { FixedClock } from '#test/fakes/fixed-clock.ts'
import { portsInTest } from '#test/fakes/ports-in-test.ts'
import { executionInput, executionName, startOpenRuns } from './chain-executions.ts'
import { askForRun, findRun, type RunRow } from './chain-runs.ts'
import { onceInRun } from './chain-tasks.ts'
import { askForDueRuns } from './due-runs.ts'
import { addMerchant } from './merchants.ts'
import { NOTICE_DELIVERIES, type NoticeDelivery } from './notice-queue.ts'
import { addWebhook } from './notice-webhooks.ts'
import { atBound, boundInput } from './run-bounds.ts'

const TASK = { Type: 'Task', Next: 'done' }
const DEFINITION = { StartAt: 'work', States: { work: TASK, done: { Type: 'Succeed' } } }
const DEFINITIONS = { nightly: DEFINITION, weekly: DEFINITION }

function start() {
  const begun = new Map<string, ExecutionStatus>()
  const executions = {
    begin: async (_chain: string, name: string) => {
      const known = begun.get(name)
      if (known === undefined) begun.set(name, { status: 'running' })
      return known ?? ({ status: 'running' } as const)
    },
  }
  const clock = new FixedClock('2026-03-02T09:00:00Z')
  const ports = { ...portsInTest({ clock }), executions }
  const ask = (chain: string) => askForRun(ports, 'm', { chain }, 'owner')
  const bound = (state: string, run: RunRow, failure: object | null = null) =>
    atBound(ports, boundInput.parse({ ...executionInput(run), state, failure }), DEFINITIONS)
  const found = (run: RunRow) => findRun(ports.state, 'm', `${run.chain}-${run.date}`)
  return { ports, begun, clock, ask, bound, found }
}

test('what two ask for, and every tick finds, is one execution', async () => {
  const { ports, begun, ask } = start()
  await addMerchant(ports, { id: 'm', name: 'm' })
  const [run] = await Promise.all([ask('nightly'), ask('nightly')])
  const chains = [{ chain: 'nightly', rhythm: { every: 'day', notBefore: '08:00' } }] as const
  for (let tick = 0; tick < 3; tick++) {
    await askForDueRuns(ports, chains)
    await startOpenRuns(ports)
  }
  expect(executionName(run)).toMatch(/^nightly-2026-03-01-1-\d{13}-[0-9a-f]{24}$/)
  // Beside it that of the demo merchant, who is always there.
  expect([begun.has(executionName(run)), begun.size]).toEqual([true, 2])
})

test('a run that cannot be begun keeps no other from it', async () => {
  const { ports, begun, ask } = start()
  const [nightly, weekly] = [await ask('nightly'), await ask('weekly')]
  const executions = {
    begin: (chain: string, name: string) =>
      chain === 'nightly' ? Promise.reject(new Error('no such machine')) : ports.executions.begin(chain, name),
  }
  await expect(startOpenRuns({ ...ports, executions })).rejects.toThrow('no such machine')
  expect([begun.has(executionName(nightly)), begun.has(executionName(weekly))]).toEqual([false, true])
})

test('a name is short enough for Step Functions, whatever the merchant and the chain are called', async () => {
  const { ask } = start()
  const run = { ...(await ask('forecasts')), merchantId: 'Müller & Söhne '.repeat(7), attempt: 1_000 }
  expect(executionName(run)).toMatch(/^[\w-]{1,80}$/)
  expect(executionName(run)).not.toBe(executionName({ ...run, merchantId: 'another' }))
})

test('of one merchant one run works, and the next one when that is over; begun again it is the same', async () => {
  const { ask, bound, found } = start()
  const [nightly, weekly] = [await ask('nightly'), await ask('weekly')]
  expect(await bound('begin-run', nightly)).toEqual({ turn: 'now' })
  expect(await bound('begin-run', weekly)).toEqual({ turn: 'later' })
  expect([(await found(nightly))?.status, (await found(weekly))?.status]).toEqual(['running', 'waiting'])
  expect(await bound('begin-run', nightly)).toEqual({ turn: 'now' })
  await bound('end-run', nightly)
  expect((await found(nightly))?.status).toBe('succeeded')
  expect(await bound('begin-run', weekly)).toEqual({ turn: 'now' })
})

test('a turn that was not given back holds nobody up', async () => {
  const { ports, ask, bound } = start()
  const nightly = await ask('nightly')
  await bound('begin-run', nightly)
  const turn = await ports.state.get('chain-turns', 'm')
  await bound('end-run', nightly)
  // As where it died between the end of the run and the end of its turn.
  await ports.state.commitDurable([{ table: 'chain-turns', key: 'm', row: turn as object }])
  const weekly = await ask('weekly')
  expect(await bound('begin-run', weekly)).toEqual({ turn: 'now' })
  await bound('end-run', nightly)
  expect(await bound('begin-run', await ask('nightly'))).toEqual({ turn: 'later' })
})

test('a run ends with what its task has written down, or else with what the machine says', async () => {
  const { ports, ask, bound, found } = start()
  const failure = { Error: 'States.TaskFailed', Cause: '{"errorMessage":"no room"}' }
  const nightly = await ask('nightly')
  await bound('begin-run', nightly)
  await bound('end-run', nightly, failure)
  expect((await found(nightly))?.failure).toEqual({ error: 'States.TaskFailed', cause: 'no room', state: null })
  const weekly = await ask('weekly')
  await bound('begin-run', weekly)
  const task = { merchantId: 'm', run: `weekly-${weekly.date}`, state: 'work' }
  await expect(onceInRun(ports, task, {}, () => Promise.reject(new RangeError('too much')))).rejects.toThrow()
  await bound('end-run', weekly, failure)
  expect((await found(weekly))?.failure).toEqual({ error: 'RangeError', cause: 'too much', state: 'work' })
})

test('an execution that somebody stopped ends its run at the next tick, tells of it, and gives its turn on', async () => {
  const { ports, begun, ask, bound, found } = start()
  await addMerchant(ports, { id: 'm', name: 'M' })
  await addWebhook(ports, { merchantId: 'm', subject: 'owner' }, { url: 'https://tills.example/hook' })
  const nightly = await ask('nightly')
  await startOpenRuns(ports)
  await bound('begin-run', nightly)
  begun.set(executionName(nightly), { status: 'failed', error: 'Execution ABORTED', cause: 'by hand' })
  await startOpenRuns(ports)
  expect(await found(nightly)).toMatchObject({ status: 'failed', failure: { error: 'Execution ABORTED' } })
  const told = await ports.state.query({ table: NOTICE_DELIVERIES, range: EVERY_KEY })
  expect(told.map(({ row }) => (row as NoticeDelivery).notice)).toMatchObject([
    { kind: 'run-failed', text: expect.stringMatching(/^The nightly run of 2026-03-01 stopped: by hand\. /) },
  ])
  const weekly = await ask('weekly')
  expect(await bound('begin-run', weekly)).toEqual({ turn: 'now' })
  // The first one may be asked for again, as another execution; what is late of the old one changes nothing.
  await bound('end-run', weekly)
  const again = await ask('nightly')
  expect([again.attempt, executionName(again) === executionName(nightly)]).toEqual([2, false])
  await bound('end-run', nightly)
  expect(await bound('begin-run', nightly)).toEqual({ turn: 'over' })
  expect((await found(again))?.status).toBe('waiting')
})
