/** The demand model as the rest of the program knows it: `DemandLearner`. */
import type { DemandForecast, DemandLearner, DemandTraining, ModelFiles } from '#core/demand/demand-learner.ts'
import { type DemandPanel, isoDay } from '#core/demand/demand-panel.ts'
import type { ManifestScores, ModelManifest } from '#core/demand/model-manifest.ts'
import program from '../../package.json' with { type: 'json' }
import type { FeatureTable } from '../learners/feature-table.ts'
import { forecastPanel } from './candidates/forecast-panel.ts'
import { CoherentSums } from './coherent-sums.ts'
import { bestBaseline } from './decide-promotion.ts'
import { CANDIDATES, TREE_EFFORT } from './demand-members.ts'
import { explainForecast } from './explain-forecast.ts'
import { spreadsOf } from './feature-spreads.ts'
import { DemandFeatures } from './features/demand-features.ts'
import { goldenRows } from './golden-rows.ts'
import { modelCard } from './model-card.ts'
import { CARD, ensemblesOf, filesOfModel, GOLDEN, modelOf, SPREADS, withManifest } from './model-files.ts'
import { runModel } from './run-model.ts'
import type { DemandScores } from './score-forecasts.ts'
import { serveBaseline } from './serve-forecast.ts'
import { type Champion, type Trained, trainModel } from './train.ts'
import { exampleTable, forecastExamples } from './trees/tree-examples.ts'
import { withoutStockouts } from './uncensored-panel.ts'

export const demandLearner: DemandLearner = {
  async train(training, onStep) {
    const champion = training.champion && championOf(training.panel, training.champion)
    const trained = trainModel(training, champion, onStep)
    const manifest = manifestOf(training, trained, champion)
    const files = filesOfModel(trained.model)
    const table = tableOf(trained, training.known)
    files.set(GOLDEN, textOf(goldenOf(trained, training.known, table)))
    files.set(SPREADS, textOf(spreadsOf(table)))
    files.set(CARD, new TextEncoder().encode(modelCard(manifest)))
    return withManifest(files, manifest)
  },

  async forecast(panel, known, model) {
    const wanted = withoutStockouts(panel)
    return typeof model === 'string' ? forecastByBaseline(wanted, known, model) : runModel(wanted, known, model)
  },

  explain: explainForecast,

  newSums() {
    const sums = new CoherentSums()
    return {
      add: (panel, known, columns, groupsOf) => sums.add(withoutStockouts(panel), known, columns, groupsOf),
      totals: () => sums.totals(),
    }
  },
}

/** @throws RangeError where there is no such one. */
function forecastByBaseline(panel: DemandPanel, origin: number, name: string): DemandForecast {
  const candidate = CANDIDATES.find((one) => one.name === name)
  if (candidate === undefined) throw new RangeError(`there is no simple baseline named ${name}`)
  return serveBaseline(panel, { origin, members: new Map([[name, forecastPanel(candidate, panel, origin)]]) }, name)
}

function championOf(panel: DemandPanel, files: ModelFiles): Champion {
  const { manifest, ...model } = modelOf(files)
  const known = Date.parse(`${manifest.version}T00:00:00Z`) / 86_400_000 - panel.firstDay
  return { ...model, version: manifest.version, known }
}

/** Of the week to come. */
const tableOf = ({ panel, model }: Trained, known: number): FeatureTable =>
  exampleTable(new DemandFeatures(panel, model.trained.layout), forecastExamples(panel, known)).table

function goldenOf({ panel, model }: Trained, known: number, table: FeatureTable) {
  const examples = forecastExamples(panel, known)
  const rowOf = (row: number) => ({ id: panel.series[examples[row]!.series]!.id, horizon: examples[row]!.horizon })
  return goldenRows(table, rowOf, ensemblesOf(model))
}

function manifestOf(
  { panel, known, leftOut, version, effort }: DemandTraining,
  { model, folds, contest, against, decision }: Trained,
  champion: Champion | undefined,
): Omit<ModelManifest, 'files'> {
  const dayOf = (day: number) => isoDay(panel, day)
  const duel = contest.champion?.scores
  return {
    format: 'counterflow-demand',
    formatVersion: 1,
    version,
    codeVersion: program.version,
    seed: TREE_EFFORT.seed,
    features: [...ensemblesOf(model).values()][0]!.features.map(({ name, kind }) => ({ name, kind })),
    training: { from: dayOf(0), until: dayOf(known - 1), series: panel.series.length, leftOut, rows: effort.rows },
    folds: { choosing: folds.choosing.map(dayOf), scored: folds.scored.map(dayOf) },
    scores: {
      model: scoresOf(contest.model),
      baselines: Object.fromEntries([...contest.baselines].map(([name, scores]) => [name, scoresOf(scores)])),
    },
    bestBaseline: bestBaseline(contest.baselines),
    champion: champion
      ? {
          version: champion.version,
          folds: against.map(dayOf),
          model: duel ? scoresOf(duel.model) : null,
          champion: duel ? scoresOf(duel.champion) : null,
        }
      : null,
    serves: model.chosen.serves,
    decision,
  }
}

const scoresOf = (scores: DemandScores): ManifestScores =>
  Object.fromEntries(
    Object.entries(scores).map(([name, value]) => [name, Number.isFinite(value) ? value : null]),
  ) as ManifestScores

const textOf = (value: object): Uint8Array => new TextEncoder().encode(`${JSON.stringify(value)}\n`)
