import { expect, test } from 'vitest'
import { type ChampionRow, NO_CHAMPION } from '#core/demand/champion.ts'
import { CHAMPIONS_TABLE } from '#runtime/demand-models.ts'
import { ask, ownerOf, portsInTest } from '#test/fakes/ports-in-test.ts'
import { handler } from './handler.ts'

test.each([
  ['POST /models/demand/rollback', {}, '2026-03-01'],
  ['POST /models/demand/promote', { version: null }, null],
])('of two at once who ask for %s one is told what serves now', async (route, body, version) => {
  const ports = portsInTest()
  const row: ChampionRow = {
    ...NO_CHAMPION,
    turn: 2,
    champion: { version: '2026-03-08', since: 0 },
    earlier: ['2026-03-01'],
  }
  await ports.state.commit([{ table: CHAMPIONS_TABLE, key: 'm', row }])
  const decide = () => ask(handler, ports, route, { viewer: ownerOf('m'), body })
  const both = await Promise.all([decide(), decide()])
  expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
  expect(both.find(({ status }) => status === 409)!.body.present).toMatchObject({ version })
})
