import { expect, it } from 'vitest'
import { ask, ownerOf, portsInTest } from '#test/fakes/ports-in-test.ts'
import { handler } from './handler.ts'

const viewer = ownerOf('demo')

it('where no chain runs, none is asked for', async () => {
  const ports = portsInTest({ warehouse: undefined })
  const { status, body } = await ask(handler, ports, 'POST /runs', { viewer, body: { chain: 'nightly' } })
  expect([status, body.title]).toEqual([409, expect.stringContaining('No chains run here')])
  expect((await ask(handler, ports, 'GET /runs', { viewer })).body).toMatchObject({ items: [], next: null })
})

it('where chains run elsewhere, what is asked for is begun there', async () => {
  const begun: string[] = []
  const executions = {
    begin: async (chain: string, name: string) => {
      begun.push(`${chain} ${name}`)
      return { status: 'running' } as const
    },
  }
  const ports = portsInTest({ warehouse: undefined, executions })
  for (let asked = 0; asked < 2; asked++)
    expect((await ask(handler, ports, 'POST /runs', { viewer, body: { chain: 'nightly' } })).status).toBe(202)
  expect(begun[0]).toMatch(/^nightly nightly-2026-03-01-1-/)
  expect(begun[1]).toBe(begun[0])
})

it('a run that was asked for waits, and is listed page by page', async () => {
  const ports = portsInTest()
  const { status, body } = await ask(handler, ports, 'POST /runs', { viewer, body: { chain: 'nightly' } })
  const run = { id: 'nightly-2026-03-01', status: 'waiting', attempt: 1, askedBy: 'owner' }
  expect([status, body]).toEqual([202, expect.objectContaining({ ...run, states: [], checks: null, wrong: [] })])
  const page = await ask(handler, ports, 'GET /runs', { viewer, query: { limit: '1' } })
  expect([page.body.items, page.body.next]).toEqual([[expect.objectContaining(run)], null])
  const strangers = await ask(handler, ports, 'GET /runs/{id}', { viewer: ownerOf('other'), params: { id: body.id } })
  expect(strangers.status).toBe(404)
})

it('an audit says who asked, and for what', async () => {
  const ports = portsInTest()
  await ask(handler, ports, 'POST /runs', { viewer, body: { chain: 'nightly', date: '2026-02-27' } })
  const [row] = await ports.state.query({ table: 'audit', range: { from: '!', to: '~' } })
  expect(row!.row).toMatchObject({ what: 'run.asked', subject: 'nightly', after: { date: '2026-02-27' } })
})
