import { expect, it } from 'vitest'
import { PLANNED_DAYS } from '#core/demand/demand-panel.ts'
import { learningRows } from '#test/fakes/learning-table.ts'
import { binFeatures } from '../learners/bin-features.ts'
import { boostTrees } from '../learners/boost-trees.ts'
import { OnnxTrees } from '../learners/onnx-trees.ts'
import { onnxOf } from '../learners/write-onnx.ts'
import { demandLearner } from './demand-learner.ts'
import { DemandFeatures } from './features/demand-features.ts'
import { checkGolden, goldenRows, goldenTable, parseGoldenRows } from './golden-rows.ts'
import { GOLDEN, jsonOf, modelOf } from './model-files.ts'
import { exampleTable } from './trees/tree-examples.ts'

const { table, target } = learningRows(500, 4)
const { trees } = boostTrees(
  { binned: binFeatures(table), labels: { target } },
  { objective: { name: 'squared' }, rounds: 20 },
)
const golden = goldenRows(table, (row) => ({ id: String(row), horizon: 1 }), new Map([['a', trees]]))
const other = boostTrees(
  { binned: binFeatures(table), labels: { target } },
  { objective: { name: 'squared' }, rounds: 19 },
)

it('onnxruntime says of the rows what the trees said, and of other trees it does not', async () => {
  const read = parseGoldenRows(JSON.parse(JSON.stringify(golden)))
  expect(read).toEqual(golden)
  expect(read.rows).toHaveLength(64)
  for (const [made, holds] of [
    [trees, true],
    [other.trees, false],
  ] as const) {
    const onnx = await OnnxTrees.open(onnxOf(made).bytes, made.features)
    const predicted = await onnx.predict(goldenTable(read, trees.features))
    await onnx.close()
    if (holds) expect(() => checkGolden(read, 'a', predicted)).not.toThrow()
    else expect(() => checkGolden(read, 'a', predicted)).toThrow('of golden.json, and predicted')
  }
  expect(() => checkGolden(read, 'b', [])).toThrow('knows nothing of b')
})

it('a version’s rows are those that serving makes of the same days, also beside products that came later', async () => {
  const known = 63
  const days = known + PLANNED_DAYS
  const seriesOf = (place: number) => ({
    id: `s${place}`,
    product: `p${place}`,
    store: place % 2 ? 'north' : 'south',
    categories: [place % 3 ? 'cups' : 'tea'],
    units: Float64Array.from({ length: days }, (_, day) => (day < known ? (day * (place + 3)) % 7 : Number.NaN)),
  })
  const panel = { firstDay: 20_000, days, series: [0, 1, 2, 3, 4, 5].map(seriesOf) }
  const effort = { choosing: 2, scored: 1, rows: 300, rounds: 2 }
  const { files } = await demandLearner.train({ panel, known, leftOut: 0, version: '2024-12-06', effort }, () => {})
  const { manifest, trained } = modelOf(files)
  const read = parseGoldenRows(jsonOf(files, GOLDEN))
  const rowsIn = (series: readonly ReturnType<typeof seriesOf>[]) => {
    const examples = read.rows.map(({ id, horizon }) => ({
      series: series.findIndex((one) => one.id === id),
      origin: known,
      horizon,
    }))
    return exampleTable(new DemandFeatures({ ...panel, series }, trained.layout), examples).table
  }
  const same = rowsIn(panel.series)
  expect(same.features).toEqual(manifest.features)
  expect(same).toEqual(goldenTable(read, manifest.features))
  // A product of another store and category, which sorts before the others: what stands for these stays.
  const later = rowsIn([
    { ...seriesOf(9), product: 'a', store: 'a', categories: ['a'], units: new Float64Array(days) },
    ...panel.series,
  ])
  expect(later).toEqual(same)
})
