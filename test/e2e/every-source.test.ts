/** A delivery of every source, signed as its vendor signs: what is answered, and what it comes to. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { PROVIDERS } from '#core/sources/registry.ts'
import { readJson } from '../golden/golden-cases.ts'
import { figuresOfSources, sendEverySource } from './every-source.ts'
import { engineFor } from './running-engine.ts'

test('is taken, booked once, or refused with its reasons, as its golden case says', async () => {
  const data = mkdtempSync(join(tmpdir(), 'counterflow-sources-'))
  onTestFinished(() => rmSync(data, { recursive: true, force: true }))
  const engine = await engineFor(data)
  const { delivered } = await sendEverySource(engine)
  expect(new Set(delivered.map(({ source, proof }) => `${source} ${proof}`))).toEqual(
    new Set(PROVIDERS.flatMap(({ name, proofs }) => proofs.map((proof) => `${name} ${proof}`))),
  )
  const wrong = delivered.filter(({ source, name, status, events, repeat }) => {
    const said = readJson(`deliveries/${source}`, name, 'events.json')
    const { repeats } = readJson(`deliveries/${source}`, name, 'request.json')
    if ('problems' in said) return status !== 422
    if (said.drafts.length === 0) return status !== 200 || events !== 0
    const isAgain = repeats !== undefined
    return status !== (isAgain ? 200 : 202) || events !== said.drafts.length || repeat !== isAgain
  })
  expect(wrong).toEqual([])
  await engine.settled()
  const figures = await figuresOfSources(engine, Date.now())
  expect(Object.keys(figures.money).sort()).toEqual(['EUR', 'INR', 'JPY', 'KWD', 'USD'])
  for (const [currency, { netRevenue }] of Object.entries(figures.money) as [string, { netRevenue: number }][]) {
    const ofStores = figures.byStore[currency].reduce((sum: number, [, [value]]: [string, [number]]) => sum + value, 0)
    expect([currency, ofStores]).toEqual([currency, netRevenue])
  }
  expect(new Set(figures.stock.map(([storeId]: [string]) => storeId)).size).toBeGreaterThanOrEqual(PROVIDERS.length)
})
