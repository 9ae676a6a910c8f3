import { expect, it } from 'vitest'
import { learningRows } from '#test/fakes/learning-table.ts'
import { binFeatures } from './bin-features.ts'
import { type BoostTraining, type ForestTraining, type TrainingProgress, train } from './train.ts'
import { TrainingFailedError, trainInWorker } from './train-in-worker.ts'

const { table, target } = learningRows(300, 1)
const checked = learningRows(100, 2)
const boost: BoostTraining = {
  learner: 'boost',
  features: table,
  labels: { target },
  validation: { table: checked.table, labels: { target: checked.target } },
  settings: { objective: { name: 'squared' }, rounds: 8 },
}
const forest: ForestTraining = {
  learner: 'forest',
  features: binFeatures(table),
  labels: { target },
  settings: { trees: 5 },
}

it('a thread trains what this one would, and tells of each tree', async () => {
  const told: TrainingProgress[] = []
  const [boosted, grown] = await Promise.all([
    trainInWorker(boost, { onProgress: (progress) => told.push(progress) }),
    trainInWorker(forest),
  ])
  const here: TrainingProgress[] = []
  expect(boosted).toEqual(train(boost, (progress) => here.push(progress)))
  expect(told).toEqual(here)
  expect(told.map(({ trees, of }) => [trees, of])).toEqual([1, 2, 3, 4, 5, 6, 7, 8].map((trees) => [trees, 8]))
  expect(told.at(-1)!.validationLoss).toBe(boosted.validationLosses.at(-1))
  expect(grown).toEqual(train(forest, () => {}))
})

it('is cancelled', async () => {
  const stop = new AbortController()
  const rounds = { ...boost, settings: { ...boost.settings, rounds: 100_000 } }
  const training = trainInWorker(rounds, { signal: stop.signal, onProgress: () => stop.abort(new Error('not now')) })
  await expect(training).rejects.toThrow('not now')
  await expect(trainInWorker(boost, { signal: stop.signal })).rejects.toThrow('not now')
})

it('says what cannot be learnt from', async () => {
  const spoilt = { ...boost, labels: { target: target.with(3, Number.NaN) } }
  await expect(trainInWorker(spoilt)).rejects.toThrow(
    new TrainingFailedError('the target of row 3 is NaN, and must be finite'),
  )
})

it('starts no thread for settings that cannot be', () => {
  expect(() => trainInWorker({ ...boost, settings: { ...boost.settings, rounds: 0 } })).toThrow('rounds')
  expect(() => trainInWorker({ ...forest, settings: { trees: 0 } })).toThrow('trees')
})
