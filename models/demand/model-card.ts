/** The card of one version, in words and tables. What holds of every version is in MODEL_CARD.md beside this file. */
import { HORIZON_DAYS } from '#core/demand/demand-panel.ts'
import type { ManifestScores, ModelManifest } from '#core/demand/model-manifest.ts'

export function modelCard(manifest: Omit<ModelManifest, 'files'>): string {
  const { version, codeVersion, seed, training, folds, scores, bestBaseline, champion, serves, decision } = manifest
  const { from, until, series, leftOut, rows } = training
  const left = leftOut === 0 ? '' : ` ${leftOut} more sold, and were too many.`
  return `${[
    `# Demand, version ${version}`,
    '',
    `Units of ${series} products of stores on each of the next ${HORIZON_DAYS} days. Learnt from ${from} to ${until}.${left}`,
    `Each ensemble of trees learnt from at most ${rows} examples. Code ${codeVersion}, seed ${seed}.`,
    '',
    `**${decision.isBetter ? 'Better' : 'Not better'}**: ${decision.reason}.`,
    '',
    `Chosen on the weeks from ${folds.choosing.join(', ')}; scored on those from ${folds.scored.join(', ')}.`,
    '',
    ...table([
      ['what serves', scores.model],
      ...Object.entries(scores.baselines).map(
        ([name, its]) => [name === bestBaseline ? `${name} (best)` : name, its] as const,
      ),
    ]),
    '',
    ...championLines(champion),
    `What serves by segment: ${Object.entries(serves)
      .map(([segment, name]) => `${segment} ${name}`)
      .join(', ')}, new products their category.`,
    '',
    'Days partly or wholly without stock judge nothing, and are learnt from as what would have been wanted.',
    'What the model is good for, and where it is weak: models/demand/MODEL_CARD.md of the program.',
  ].join('\n')}\n`
}

function championLines(champion: ModelManifest['champion']): string[] {
  if (champion === null) return []
  if (champion.model === null || champion.champion === null)
    return [`The champion ${champion.version} has learnt from every scored week.`, '']
  const heading = `Against the champion ${champion.version}, on the weeks from ${champion.folds.join(', ')}:`
  return [
    heading,
    '',
    ...table([
      ['this version', champion.model],
      [`champion ${champion.version}`, champion.champion],
    ]),
    '',
  ]
}

const COLUMNS = ['wape', 'rmsse', 'mase', 'biasOfMedian', 'biasOfMean', 'weightedQuantileLoss', 'coverage80'] as const

const table = (lines: readonly (readonly [string, ManifestScores])[]): string[] => [
  '| | WAPE | RMSSE | MASE | bias, median | bias, mean | quantile loss | coverage |',
  '| --- | --: | --: | --: | --: | --: | --: | --: |',
  ...lines.map(([name, scores]) => `| ${name} | ${COLUMNS.map((one) => shown(scores[one])).join(' | ')} |`),
]

const shown = (value: number | null): string => (value === null ? '' : value.toFixed(4))
