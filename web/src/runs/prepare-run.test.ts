import { expect, it } from 'vitest'
import type { RunAnswer } from '#core/api/runs.ts'
import { preparePicture } from './prepare-picture.ts'
import { aboutText, prepareFacts, prepareStates, prepareWrong } from './prepare-run.ts'
import { prepareRuns, tookText } from './prepare-runs.ts'

const AT = Date.parse('2026-03-05T08:00:00Z')
const at = (seconds: number) => new Date(AT + 1000 * seconds).toISOString()
const idle = { tasks: 0, tries: 0, rowsIn: null, rowsOut: null, about: {}, failure: null }
const run: RunAnswer = {
  ...{ id: 'nightly-2026-03-04', chain: 'nightly', date: '2026-03-04', status: 'failed', attempt: 2 },
  ...{ askedBy: 'schedule', askedAt: at(0), startedAt: at(1), endedAt: at(91), from: null, asOf: at(500), lagMs: 0 },
  failure: { state: 'judge', error: 'CheckFailedError', cause: 'fact_sales of 2026-03-04, rows: 1, against 0' },
  shape: {
    states: [
      { name: 'plan', kind: 'Task', about: 'Which days are made.' },
      { name: 'is-new', kind: 'Choice', about: '' },
      { name: 'tell', kind: 'Task', about: '' },
      { name: 'judge', kind: 'Task', about: '' },
      { name: 'done', kind: 'Succeed', about: '' },
      { name: 'failed', kind: 'Fail', about: '' },
      { name: 'refresh', kind: 'Task', about: '' },
    ],
    steps: [
      { from: 'plan', to: 'is-new', onFailure: false },
      { from: 'plan', to: 'tell', onFailure: true },
      { from: 'is-new', to: 'judge', onFailure: false },
      { from: 'is-new', to: 'done', onFailure: false },
      { from: 'judge', to: 'refresh', onFailure: false },
      { from: 'judge', to: 'tell', onFailure: true },
      { from: 'refresh', to: 'done', onFailure: false },
      { from: 'tell', to: 'failed', onFailure: false },
    ],
  },
  ...{ isResumable: true, retryAt: null, shown: '2026-03-03' },
  states: [
    {
      ...{ name: 'plan', status: 'succeeded', startedAt: at(1), endedAt: at(1.34), tasks: 1, tries: 2, rowsIn: null },
      ...{ rowsOut: 12, about: { days: ['2026-03-01', '2026-03-02', '2026-03-03', '2026-03-04'] }, failure: null },
    },
    {
      ...{ ...idle, name: 'judge', status: 'failed', startedAt: at(2), endedAt: at(91), tasks: 1, tries: 1 },
      failure: { error: 'CheckFailedError', cause: 'rows' },
    },
    { ...idle, name: 'refresh', status: 'waiting', startedAt: null, endedAt: null },
  ],
  checks: { passed: 3, failed: 1, warned: 0, skipped: 0 },
  wrong: [
    ...[{ table: 'fact_sales', day: '2026-03-04', check: 'rows', severity: 'hard', outcome: 'failed' } as const].map(
      (check) => ({ ...check, measured: 1234, bound: 0 }),
    ),
    { table: 'dim_date', day: '', check: 'fresh', severity: 'soft', outcome: 'warned', measured: null, bound: null },
  ],
}

it('a chain is drawn from the left to the right by its longest way, what follows a failure below', () => {
  const { nodes, ways, done, all, width } = preparePicture(run, AT)!
  const placed = Object.fromEntries(nodes.map(({ name, x, y }) => [name, [x, y]]))
  const [top] = nodes.map(({ y }) => y)
  const inOrder = ['plan', 'is-new', 'judge', 'refresh', 'done']
  expect(inOrder.map((name) => placed[name])).toEqual(inOrder.map((_, column) => [4 + 132 * column, top]))
  expect(placed.tell![1]).toBeGreaterThan(top!)
  expect(placed.failed![1]).toBe(placed.tell![1])
  expect(width).toBe(4 + 5 * 132 - 16 + 4)
  expect([done, all]).toEqual([1, 3])
  expect(ways.filter(({ onFailure }) => onFailure).map(({ key }) => key.split(' ').slice(0, 2).join(' '))).toEqual([
    'plan tell',
    'judge tell',
    'tell failed',
  ])
  const said = Object.fromEntries(nodes.map(({ name, status, said: text }) => [name, `${status}: ${text}`]))
  expect(said).toMatchObject({
    plan: 'succeeded: Done, 340 ms',
    judge: 'failed: Failed, 1 min',
    refresh: 'not-reached: Not run',
    failed: 'failed: ',
    done: 'not-reached: ',
  })
  expect(preparePicture({ ...run, shape: null }, AT)).toBeNull()
})

it('a state that waits in a run that works will still be reached', () => {
  const working: RunAnswer = { ...run, status: 'running', endedAt: null, failure: null }
  expect(prepareStates(run, AT).map(({ status }) => status)).toEqual(['succeeded', 'failed', 'not-reached'])
  expect(prepareStates(working, AT).at(-1)!.status).toBe('waiting')
  expect(preparePicture(working, AT)!.nodes.find(({ name }) => name === 'refresh')!.status).toBe('waiting')
})

it('says what each state did, how often it was tried, and why it stopped', () => {
  const [plan, judge] = prepareStates(run, AT)
  expect(plan).toMatchObject({ does: 'Which days are made.', took: '340 ms', rowsOut: 12, tries: 2 })
  expect(plan!.says).toBe('days 2026-03-01, 2026-03-02, 2026-03-03 and 1 more')
  expect(judge!.says).toBe('CheckFailedError: rows')
  expect(aboutText({ days: [], date: null, none: 0, rows: 1200, of: { a: 1 } })).toBe('rows 1,200; of {"a":1}')
})

it('what went wrong is told with the table, the day, and what was measured', () => {
  expect(prepareWrong(run).map(({ where, isHard, measured }) => [where, isHard, measured])).toEqual([
    ['fact_sales of 2026-03-04', true, '1,234, against 0'],
    ['dim_date', false, 'nothing to measure'],
  ])
})

it('facts of a run: who asked, what stays in place', () => {
  const sight = { nowMs: AT, zone: 'UTC', names: new Map([['u1', 'Asha']]) }
  const facts = Object.fromEntries(prepareFacts(run, sight))
  expect(facts).toMatchObject({
    'Asked for': '08:00:00, by its time',
    'Tables shown': 'up to 3 March 2026',
    Took: '1 min',
  })
  expect(facts['Began at state']).toBeUndefined()
  expect(Object.fromEntries(prepareFacts({ ...run, askedBy: 'u1', shown: null }, sight))).toMatchObject({
    'Asked for': '08:00:00, by Asha',
    'Tables shown': 'none yet',
  })
})

it('a run in the list: for which day, since when, how long so far', () => {
  const working = { ...run, status: 'running', endedAt: null, failure: null, chain: 'hourly' } as const
  const [first, second] = prepareRuns([run, working], new Map(), AT + 4_000)
  expect(first).toMatchObject({
    name: 'Night',
    dateText: '4 March 2026',
    took: '1 min',
    stopped: 'judge',
    asked: 'its time',
  })
  expect(second).toMatchObject({ name: 'hourly', statusText: 'Running', took: '3 s', stopped: '' })
  expect([tookText(null), tookText(0), tookText(999), tookText(1000)]).toEqual(['', '0 ms', '999 ms', '1 s'])
})
