import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { until } from './engine-api.ts'
import { sendEverySource } from './every-source.ts'
import { RunningEngine } from './running-engine.ts'
import { openSmallShop } from './small-shop.ts'
import { foundIn, sendSomebody } from './somebody.ts'

test('nothing of a person and no secret is in what the engine says of its work', async () => {
  const data = mkdtempSync(join(tmpdir(), 'counterflow-somebody-'))
  onTestFinished(() => rmSync(data, { recursive: true, force: true }))
  const engine = await RunningEngine.start(data)
  onTestFinished(() => engine.kill())
  let printed = ''
  engine.child.stdout!.on('data', (chunk) => {
    printed += chunk
  })
  await openSmallShop(engine)
  const { secrets: ofConnections } = await sendEverySource(engine)
  const secrets = await sendSomebody(engine)
  await engine.settled()
  await until(() => (printed + engine.said).includes('notice'), 5_000, 'the line of a notice')
  await engine.stop()
  const log = printed + engine.said
  expect(log).toContain('"message":"notice"')
  expect(
    foundIn(log, [...secrets, ...ofConnections, 'person-1@example.com', 'meera@shop.example', 'asha@example.in']),
  ).toEqual([])
  expect(foundIn(`${log} ${secrets[0]!.toUpperCase()}`, secrets)).toEqual([secrets[0]])
})
