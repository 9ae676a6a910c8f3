/** `counterflow models`: the versions of the demand model, and which one serves. */
import type { Command } from 'commander'
import type { ChampionRow } from '#core/demand/champion.ts'
import type { ModelManifest } from '#core/demand/model-manifest.ts'
import type { Client, Reply } from '../client.ts'
import {
  bodyOf,
  type CommonOptions,
  dataOption,
  jsonOption,
  merchantOption,
  print,
  table,
  withClient,
} from './command-line.ts'

type ModelsOptions = CommonOptions & { readonly merchant: string }

export function addModelsCommand(program: Command): void {
  const models = program.command('models').description('versions of the demand model')
  const add = (name: string, about: string) =>
    models.command(name).description(about).addOption(merchantOption()).addOption(dataOption()).addOption(jsonOption())
  add('list', 'list them, and which one serves').action(list)
  add('show <version>', 'what one learnt from, its folds and scores, and why it serves or not').action(show)
  add('promote <version>', 'let this one serve, whatever it was compared with').action(promote)
  add('rollback', 'let the one serve that served before').action(rollBack)
}

const MODELS = '/engine/demand/models'
const whose = (merchant: string): string => `?merchant=${encodeURIComponent(merchant)}`

async function list({ data, json, merchant }: ModelsOptions): Promise<void> {
  await asked(
    { data, merchant },
    (client) => client.request('GET', `${MODELS}${whose(merchant)}`),
    (body) => {
      const answer = body as { serving: ChampionRow; items: ModelManifest[] }
      const { champion, judged } = answer.serving
      const rows = answer.items.map(({ version, scores, decision }) => [
        version,
        version === champion?.version ? 'serves' : '',
        shown(scores.model.weightedQuantileLoss),
        shown(scores.model.wape),
        decision.reason,
      ])
      const lines = table([['version', '', 'quantile loss', 'WAPE', 'why'], ...rows])
      print(json, answer, [
        ...(rows.length === 0 ? ['No version was trained yet.'] : lines),
        ...(judged === undefined || judged.isPromoted
          ? []
          : [`The last training, ${judged.version}, was kept back: ${judged.reason}.`]),
        servingLine(answer.serving),
      ])
    },
  )
}

async function show(version: string, { data, json, merchant }: ModelsOptions): Promise<void> {
  const path = `${MODELS}/${encodeURIComponent(version)}${whose(merchant)}`
  await asked(
    { data, merchant },
    (client) => client.request('GET', path),
    (body) => {
      const manifest = body as ModelManifest
      const { training, folds, scores, serves, decision, files, features, codeVersion, seed } = manifest
      const line = (name: string, its: ModelManifest['scores']['model']) => [
        name,
        ...[
          its.wape,
          its.rmsse,
          its.mase,
          its.biasOfMedian,
          its.biasOfMean,
          its.weightedQuantileLoss,
          its.coverage80,
        ].map(shown),
      ]
      print(json, manifest, [
        `Version ${manifest.version}, by program ${codeVersion}, seed ${seed}: ${decision.reason}.`,
        `Learnt from ${training.series} series of ${training.from} to ${training.until}; ${features.length} features.`,
        `Chosen on the weeks from ${folds.choosing.join(', ')}; scored on those from ${folds.scored.join(', ')}:`,
        ...table([
          ['', 'WAPE', 'RMSSE', 'MASE', 'bias, median', 'bias, mean', 'quantile loss', 'coverage'],
          line('what serves', scores.model),
          ...Object.entries(scores.baselines).map(([name, its]) => line(name, its)),
        ]),
        `By segment: ${Object.entries(serves)
          .map((pair) => pair.join(' '))
          .join(', ')}.`,
        `${files.length} files, each with its SHA-256 in the manifest (--json).`,
      ])
    },
  )
}

async function promote(version: string, { data, json, merchant }: ModelsOptions): Promise<void> {
  await change({ data, json, merchant }, (client) =>
    client.request('POST', '/engine/demand/promote', { version, merchant }),
  )
}

async function rollBack({ data, json, merchant }: ModelsOptions): Promise<void> {
  await change({ data, json, merchant }, (client) => client.request('POST', '/engine/demand/rollback', { merchant }))
}

const change = ({ json, ...options }: ModelsOptions, ask: (client: Client) => Promise<Reply>): Promise<void> =>
  asked(options, ask, (body) =>
    print(json, body, [servingLine(body as ChampionRow), 'Forecasts follow: `counterflow predict demand`.']),
  )

async function asked(
  { data, merchant }: Pick<ModelsOptions, 'data' | 'merchant'>,
  ask: (client: Client) => Promise<Reply>,
  tell: (body: object) => void,
): Promise<void> {
  await withClient(data, async (client) => tell(bodyOf<object>(await ask(client))), merchant)
}

const servingLine = ({ champion, baseline }: ChampionRow): string =>
  champion === undefined ? `No model serves, but ${baseline}.` : `Version ${champion.version} serves.`

const shown = (value: number | null): string => (value === null ? '' : value.toFixed(4))
