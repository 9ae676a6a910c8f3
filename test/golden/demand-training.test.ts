import { describe, expect, it } from 'vitest'
import type { DemandTraining } from '#core/demand/demand-learner.ts'
import { ShortHistoryError } from '#core/demand/demand-learner.ts'
import { type DemandPanel, PLANNED_DAYS } from '#core/demand/demand-panel.ts'
import { FORECAST_KINDS, QUANTILE_KINDS } from '#core/demand/forecast-columns.ts'
import { MANIFEST } from '#core/demand/model-names.ts'
import { gaussian, randomFrom, uniform } from '#core/simulator/random.ts'
import { demandLearner } from '../../models/demand/demand-learner.ts'
import { CARD, GOLDEN } from '../../models/demand/model-files.ts'

const KNOWN = 77
/** Prices are cut on days without a rhythm, and three times as much is sold then: who knows the plan has more to say. */
function panelOf(known: number, seriesCount = 10): DemandPanel {
  const random = randomFrom(5)
  const days = known + PLANNED_DAYS
  const series = Array.from({ length: seriesCount }, (_, place) => {
    const level = 6 + 3 * place
    const discount = Float64Array.from({ length: days }, () => (uniform(random) < 0.3 ? 0.7 : 1))
    const units = discount.map((price, day) => {
      const value = level * (price < 1 ? 3 : 1) * (1 + 0.15 * gaussian(random))
      return day < known ? Math.max(0, Math.round(value)) : Number.NaN
    })
    return {
      id: `s/${place}`,
      product: `p${place}`,
      store: 's',
      categories: [place % 2 ? 'tea' : 'cups', ''],
      units,
      discount,
    }
  })
  return { firstDay: 20_000, days, series }
}

const trainingOf = (known: number, more: Partial<DemandTraining> = {}): DemandTraining => ({
  panel: panelOf(known),
  known,
  leftOut: 3,
  version: new Date((20_000 + known) * 86_400_000).toISOString().slice(0, 10),
  effort: { choosing: 2, scored: 2, rows: 800, rounds: 20 },
  ...more,
})
const train = (training: DemandTraining) => demandLearner.train(training, () => {})

describe('a training', { timeout: 120_000 }, async () => {
  const training = trainingOf(KNOWN)
  const steps: [number, number][] = []
  const { manifest, files } = await demandLearner.train(training, (done, of) => void steps.push([done, of]))

  it('says what it learnt from, on which folds it chose, and how it compares', () => {
    expect(manifest).toMatchObject({
      training: { series: 10, leftOut: 3, rows: 800 },
      champion: null,
      decision: { isBetter: true },
    })
    expect(manifest.folds.choosing).toHaveLength(2)
    expect(manifest.folds.scored).toHaveLength(2)
    expect(Object.keys(manifest.scores.baselines)).toContain('seasonal naive')
    const best = manifest.scores.baselines[manifest.bestBaseline]!.weightedQuantileLoss!
    for (const { weightedQuantileLoss } of Object.values(manifest.scores.baselines))
      expect(weightedQuantileLoss!).toBeGreaterThanOrEqual(best)
    expect(manifest.scores.model.weightedQuantileLoss!).toBeLessThan(best)
    expect(steps.at(-1)).toEqual([steps.length, steps.length])
  })

  it('makes the files that its manifest names, each with trees and the same as ONNX, and a card', () => {
    expect([...files.keys()]).toEqual([...manifest.files.map(({ name }) => name), MANIFEST])
    const trees = [...files.keys()].filter((name) => name.startsWith('trees/') && name.endsWith('.json'))
    expect(trees).toHaveLength(2 + 3 + 2 * QUANTILE_KINDS.length)
    for (const name of trees) expect(files.has(name.replace(/json$/, 'onnx'))).toBe(true)
    expect(new TextDecoder().decode(files.get(CARD)!)).toContain(manifest.decision.reason)
  })

  it('is the same again, byte for byte', async () => {
    expect((await train(trainingOf(KNOWN))).files).toEqual(files)
  })

  it('forecasts the week to come from its files, in order, by what serves each segment', async () => {
    const { columns, servedBy, segments } = await demandLearner.forecast(training.panel, KNOWN, files)
    expect(servedBy).toEqual(segments.map((segment) => manifest.serves[segment]))
    for (const kind of FORECAST_KINDS) expect(columns[kind].every((value) => value >= 0 && value < 600)).toBe(true)
    for (let cell = 0; cell < columns.q10.length; cell++) {
      const values = QUANTILE_KINDS.map((kind) => columns[kind][cell]!)
      expect(values).toEqual(values.toSorted((a, b) => a - b))
    }
  })

  it('forecasts a product that is new from its category, and a store that it never heard of', async () => {
    const [first, ...others] = training.panel.series
    const units = first!.units.map((value, day) => (day < KNOWN - 5 ? 0 : value))
    const panel = { ...training.panel, series: [{ ...first!, store: 'elsewhere', units }, ...others] }
    const { servedBy, segments, columns } = await demandLearner.forecast(panel, KNOWN, files)
    expect([segments[0], servedBy[0]]).toEqual(['new', 'category'])
    expect(columns.mean[0]).toBeGreaterThan(0)
  })

  it('serves no files that have changed', async () => {
    const name = manifest.files.find((file) => file.name.endsWith('.onnx'))!.name
    const bytes = Uint8Array.from(files.get(name)!)
    bytes[bytes.length - 1]! ^= 1
    await expect(demandLearner.forecast(training.panel, KNOWN, new Map([...files, [name, bytes]]))).rejects.toThrow(
      `${name} is not what it was when it was trained`,
    )
    const { [GOLDEN]: _, ...rest } = Object.fromEntries(files)
    await expect(demandLearner.forecast(training.panel, KNOWN, new Map(Object.entries(rest)))).rejects.toThrow(
      'golden.json is missing',
    )
  })

  it('is compared with the champion on the weeks alone that the champion has not learnt from', async () => {
    const again = await train(trainingOf(KNOWN + 7, { champion: files }))
    expect(again.manifest.champion).toMatchObject({ version: manifest.version, folds: [manifest.version] })
    const same = await train(trainingOf(KNOWN, { champion: files }))
    expect(same.manifest.champion).toMatchObject({ folds: [], model: null, champion: null })
    expect(same.manifest.decision).toEqual({
      isBetter: false,
      reason: `the champion ${manifest.version} has learnt from every scored week: none can judge it`,
    })
  })

  it('needs a history', async () => {
    await expect(train(trainingOf(62))).rejects.toThrow(ShortHistoryError)
    expect((await train(trainingOf(63))).manifest.folds).toMatchObject({
      choosing: { length: 2 },
      scored: { length: 1 },
    })
  })
})

describe('without a model', () => {
  const { panel } = trainingOf(KNOWN)
  it('a simple baseline serves, by name', async () => {
    const { servedBy, columns } = await demandLearner.forecast(panel, KNOWN, 'moving average 28')
    expect(new Set(servedBy)).toEqual(new Set(['moving average 28']))
    const month = panel.series[0]!.units.subarray(KNOWN - 28, KNOWN)
    expect(columns.mean[0]).toBeCloseTo(month.reduce((a, b) => a + b, 0) / 28, 9)
    await expect(demandLearner.forecast(panel, KNOWN, 'a guess')).rejects.toThrow('a guess')
  })
})
