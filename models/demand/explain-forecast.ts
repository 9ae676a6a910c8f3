/** Why a forecast is what it is: exact TreeSHAP of each ensemble that the blend has weighed, in units, and what the others add. */
import type { DemandExplained, ModelFiles, ServedRow } from '#core/demand/demand-learner.ts'
import { type ForecastKind, QUANTILE_KINDS } from '#core/demand/forecast-columns.ts'
import type { SaidKind } from '#core/demand/served-rows.ts'
import { TreeExplainer } from '../learners/explain-trees.ts'
import { rawScoreOfRow } from '../learners/predict-trees.ts'
import type { TreeEnsemble } from '../learners/tree-ensemble.ts'
import { modelOf } from './model-files.ts'
import { BLEND } from './segments.ts'
import type { DemandTrees } from './trees/tree-forecaster.ts'

/** Trees count in multiples of the level, through no link: what a feature adds to a median is level times its contribution. */
export function explainForecast(files: ModelFiles, row: ServedRow): DemandExplained | undefined {
  if (row.servedBy !== BLEND) return undefined
  const { trained, chosen } = modelOf(files)
  const parts = chosen.blend.median.filter(({ weight }) => weight > 0)
  const units = new Map<string, number>()
  const methods: { name: string; weight: number; units: number }[] = []
  let [median, base, hasTrees] = [0, 0, false]
  for (const { member, column, weight } of parts) {
    const said = row.said.get(member)?.[column as SaidKind]
    if (said === undefined) throw new RangeError(`it is not kept what ${member} said as ${column}`)
    median += weight * said
    const kinds = trained.trees.get(member)
    const trees = kinds && treesThatSaid(kinds, column, said, row)
    if (trees === undefined) {
      methods.push({ name: member, weight, units: weight * said })
      continue
    }
    hasTrees = true
    const explainer = new TreeExplainer(trees)
    const values = valuesOf(trees, row)
    const contributions = new Float64Array(values.length)
    explainer.addRow(values, contributions)
    base += weight * row.level * explainer.expected
    for (const [place, { name }] of trees.features.entries())
      units.set(name, (units.get(name) ?? 0) + weight * row.level * contributions[place]!)
  }
  if (!hasTrees) return undefined
  const features = [...units].map(([feature, its]) => {
    const value = row.features.get(feature)
    return { feature, value: value === undefined || Number.isNaN(value) ? null : value, units: its }
  })
  const told = [...features, ...methods].reduce((sum, part) => sum + part.units, base)
  return { median, base, features, methods, rest: median - told }
}

const valuesOf = ({ features }: TreeEnsemble, row: ServedRow): Float32Array =>
  Float32Array.from(features, ({ name }) => row.features.get(name) ?? Number.NaN)

/** Quantiles are put in order after their trees have spoken: what is told as the middle one may be what another one's trees said. */
function treesThatSaid(
  kinds: DemandTrees,
  column: ForecastKind,
  said: number,
  row: ServedRow,
): TreeEnsemble | undefined {
  if (!QUANTILE_KINDS.some((kind) => kind === column)) return kinds[column]
  const away = (trees: TreeEnsemble) => Math.abs(rawScoreOfRow(trees, valuesOf(trees, row)) * row.level - said)
  const all = QUANTILE_KINDS.flatMap((kind) => kinds[kind] ?? [])
  return all.map((trees) => ({ trees, away: away(trees) })).sort((a, b) => a.away - b.away)[0]?.trees
}
