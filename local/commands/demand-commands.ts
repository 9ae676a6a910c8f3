/** `counterflow train demand` and `counterflow predict demand`: what weeks and nights do, now. */
import { type Command, Option } from 'commander'
import { TOTALS_OF, type TotalsOf } from '#core/demand/served-rows.ts'
import type { DemandPredicted } from '#runtime/predict-demand.ts'
import type { DemandSum } from '#runtime/read-demand-sums.ts'
import type { DemandTrained } from '#runtime/train-demand.ts'
import {
  type CommonOptions,
  dataOption,
  EXIT,
  jsonOption,
  merchantOption,
  print,
  table,
  withClient,
} from './command-line.ts'
import { watch } from './watch.ts'

type DemandOptions = CommonOptions & { readonly merchant: string }

export function addDemandCommands(program: Command): void {
  const training = program.command('train').description('models that learn')
  const predicting = program.command('predict').description('models that forecast')
  const add = (verb: Command, name: string, about: string) =>
    verb.command(name).description(about).addOption(merchantOption()).addOption(dataOption()).addOption(jsonOption())
  add(training, 'demand', 'train the demand model on the warehouse; it serves if it is better').action(train)
  add(
    predicting,
    'demand',
    'forecast the next seven days into fact_predictions; exit code 3 when a check failed, and nothing was replaced',
  ).action(predict)
  add(predicting, 'totals', 'the newest forecasts summed up: quantiles of a total are not the sums of quantiles')
    .addOption(new Option('--by <what>', 'a total of each').choices([...TOTALS_OF]).default('all'))
    .action(totals)
}

async function train({ data, json, merchant }: DemandOptions): Promise<void> {
  await withClient(
    data,
    async (client) => {
      const { trained } = await watch<{ trained: DemandTrained }>(
        client,
        '/engine/demand/train',
        { merchant },
        'members',
      )
      const { version, isPromoted, reason, champion, baseline } = trained
      print(json, trained, [
        version === undefined ? `Nothing was trained: ${reason}.` : `Version ${version}: ${reason}.`,
        champion === null ? `No model serves, but ${baseline}.` : `${isPromoted ? 'It' : champion} serves.`,
      ])
    },
    merchant,
  )
}

async function predict({ data, json, merchant }: DemandOptions): Promise<void> {
  await withClient(
    data,
    async (client) => {
      const { predicted } = await watch<{ predicted: DemandPredicted | null }>(
        client,
        '/engine/demand/predict',
        { merchant },
        'rows made',
      )
      if (predicted === null)
        return print(json, { merchant, made: false }, [
          'There is no warehouse yet: make it with `counterflow run nightly`.',
        ])
      print(json, predicted, linesOf(predicted))
      if (!predicted.isPublished) process.exitCode = EXIT.differs
    },
    merchant,
  )
}

async function totals({ data, json, merchant, by }: DemandOptions & { readonly by: TotalsOf }): Promise<void> {
  await withClient(
    data,
    async (client) => {
      const body = { merchant, by }
      const { sums } = await watch<{ sums: readonly DemandSum[] | null }>(client, '/engine/demand/sums', body, 'sums')
      if (sums === null)
        return print(json, { merchant, sums: [] }, ['Nothing was forecast yet: `counterflow predict demand` does it.'])
      const shown = (value: number) => value.toFixed(1)
      const rows = sums.map(({ group, day, mean, q10, q50, q90 }) => [day, group, ...[mean, q10, q50, q90].map(shown)])
      print(json, { merchant, sums }, table([['day', by, 'mean', '10 %', '50 %', '90 %'], ...rows]))
    },
    merchant,
  )
}

function linesOf({ madeOn, rows, isPublished, checks, baseline, written }: DemandPredicted): string[] {
  if (written === undefined)
    return [`The forecasts of ${madeOn} are published: ${rows} rows. Nothing has changed since.`]
  const { model, unusable } = written
  const wrong = checks.filter(({ outcome }) => outcome === 'failed' || outcome === 'warned')
  return [
    `${madeOn}: ${rows} rows by ${model === undefined ? baseline : `version ${model}`}.`,
    ...(unusable === undefined ? [] : [`The version that serves cannot be used: ${unusable}.`]),
    ...wrong.map(({ outcome, check, measured }) => `  ${outcome}: fact_predictions, ${check}: ${measured}`),
    isPublished ? `${checks.length} checks: published.` : 'A check failed: nothing was replaced.',
  ]
}
