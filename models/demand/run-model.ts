/** A stored version forecasts a week: its trees as onnxruntime runs them, after they have proved to say what they said in training. */
import type { DemandForecast, ModelFiles } from '#core/demand/demand-learner.ts'
import type { DemandPanel } from '#core/demand/demand-panel.ts'
import type { ForecastColumns, ForecastKind } from '#core/demand/forecast-columns.ts'
import { ModelFilesError } from '#core/demand/model-manifest.ts'
import type { Feature, FeatureTable } from '../learners/feature-table.ts'
import { OnnxTrees } from '../learners/onnx-trees.ts'
import { forecastCandidates } from './demand-members.ts'
import { countsBeside } from './feature-spreads.ts'
import { DemandFeatures } from './features/demand-features.ts'
import { checkGolden, type GoldenRows, goldenTable, parseGoldenRows } from './golden-rows.ts'
import { fileOf, GOLDEN, jsonOf, readModel, SPREADS } from './model-files.ts'
import { serveForecast } from './serve-forecast.ts'
import { exampleTable, forecastExamples } from './trees/tree-examples.ts'
import { unitsOf } from './trees/tree-forecaster.ts'

/** `panel`: of demand. Rejects with ModelFilesError where the files cannot be trusted. */
export async function runModel(panel: DemandPanel, origin: number, files: ModelFiles): Promise<DemandForecast> {
  const { manifest, layout, chosen, trees } = readModel(files)
  const golden = parseGoldenRows(jsonOf(files, GOLDEN))
  const features = new DemandFeatures(panel, layout)
  const rows = exampleTable(features, forecastExamples(panel, origin))
  const members = new Map<string, Partial<ForecastColumns>>(forecastCandidates(panel, origin))
  for (const [member, kinds] of trees) {
    const predicted: Partial<Record<ForecastKind, Float32Array>> = {}
    for (const [kind, name] of Object.entries(kinds) as [ForecastKind, string][])
      predicted[kind] = await runTrees(fileOf(files, `${name}.onnx`), name, manifest.features, golden, rows.table)
    members.set(member, unitsOf(rows, predicted))
  }
  const { values } = rows.table
  return {
    ...serveForecast(panel, { origin, members }, chosen),
    told: { features: rows.table.features.map(({ name }) => name), values, levels: rows.levels },
    ...(files.has(SPREADS) && { counts: countsBeside(jsonOf(files, SPREADS), rows.table) }),
  }
}

async function runTrees(
  bytes: Uint8Array,
  name: string,
  features: readonly Feature[],
  golden: GoldenRows,
  table: FeatureTable,
): Promise<Float32Array> {
  const onnx = await OnnxTrees.open(bytes, features).catch((error) => {
    throw new ModelFilesError(`${name}.onnx: ${(error as Error).message}`, { cause: error })
  })
  try {
    checkGolden(golden, name, await onnx.predict(goldenTable(golden, features)))
    return await onnx.predict(table)
  } finally {
    await onnx.close()
  }
}
