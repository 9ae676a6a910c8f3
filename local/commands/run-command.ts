/** `counterflow run nightly`: what a night does, now; `counterflow runs`: what nights have done. */
import { type Command, InvalidArgumentError } from 'commander'
import type { RunAnswer, RunItem, RunsAnswer } from '#core/api/runs.ts'
import { manifest } from '#functions/manifest.ts'
import type { Client } from '../client.ts'
import {
  bodyOf,
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

type RunsOptions = CommonOptions & { readonly merchant: string }
type RunOptions = RunsOptions & { readonly date?: string; readonly from?: string }

export function addRunCommand(program: Command): void {
  const run = program.command('run').description('what runs at night, now')
  for (const { chain } of manifest.workflows)
    run
      .command(chain)
      .description(
        'run it for the last day that is over; exit code 3 when it stopped, and what was there before stays in place',
      )
      .option('--date <date>', 'for this business date, which is made though nothing has come for it', localDate)
      .option('--from <state>', 'begin the newest run again at this state: what was done before it stays')
      .addOption(merchantOption())
      .addOption(dataOption())
      .addOption(jsonOption())
      .action((options: RunOptions) => start(chain, options))
  program
    .command('runs')
    .argument('[run]', 'one of them, with its states and its checks that failed or warned')
    .description('what has run at night, newest first')
    .addOption(merchantOption())
    .addOption(dataOption())
    .addOption(jsonOption())
    .action(list)
}

function localDate(text: string): string {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text))) return text
  throw new InvalidArgumentError('It must be a date like 2026-03-04.')
}

async function start(chain: string, { data, json, merchant, date, from }: RunOptions): Promise<void> {
  await withClient(
    data,
    async (client: Client) => {
      bodyOf(await client.request('POST', '/engine/settle'))
      const { id } = bodyOf<RunAnswer>(await client.request('POST', '/runs', { chain, date, from }))
      await watch(client, '/engine/runs', {}, 'tasks done')
      const run = bodyOf<RunAnswer>(await client.request('GET', `/runs/${id}`))
      print(json, run, isNothingNew(run) ? ['Nothing has come since the last night.'] : linesOf(run))
      if (run.status !== 'succeeded') process.exitCode = EXIT.differs
    },
    merchant,
  )
}

async function list(id: string | undefined, { data, json, merchant }: RunsOptions): Promise<void> {
  await withClient(
    data,
    async (client: Client) => {
      if (id !== undefined) {
        const run = bodyOf<RunAnswer>(await client.request('GET', `/runs/${id}`))
        return print(json, run, linesOf(run))
      }
      const { items, next } = bodyOf<RunsAnswer>(await client.request('GET', '/runs'))
      const lines = table(items.map((run) => [run.id, run.status, timeOf(run), causeOf(run)]))
      print(json, { items, next }, items.length === 0 ? ['Nothing has run yet.'] : lines)
    },
    merchant,
  )
}

const timeOf = ({ startedAt }: RunItem): string => startedAt?.slice(0, 19).replace('T', ' ') ?? ''
const causeOf = ({ failure }: RunItem): string =>
  failure === null ? '' : `${failure.state === null ? '' : `${failure.state}: `}${failure.cause}`

const isNothingNew = ({ status, states }: RunAnswer): boolean =>
  status === 'succeeded' && states.some(({ about: { days } }) => Array.isArray(days) && days.length === 0)

function linesOf(run: RunAnswer): string[] {
  const { id, attempt, status, states, checks, wrong } = run
  const rows = states.map((state) => [
    `  ${state.name}`,
    state.status,
    secondsOf(state),
    state.rowsIn === null ? '' : `${state.rowsIn} rows in`,
    state.rowsOut === null ? '' : `${state.rowsOut} rows out`,
  ])
  return [
    `${id}${attempt === 1 ? '' : `, attempt ${attempt}`}: ${status}`,
    ...table(rows),
    ...wrong.map(
      ({ table: name, day, check, outcome, measured, bound }) =>
        `  ${outcome}: ${name}${day === '' ? '' : ` of ${day}`}, ${check}: ${measured}${bound === null ? '' : `, against ${bound}`}`,
    ),
    ...(status === 'failed'
      ? [`${causeOf(run)}.`, 'Nothing was replaced: the tables are those of before.']
      : checks === null
        ? []
        : [`${checks.passed + checks.warned + checks.skipped} checks, ${checks.warned} warn.`]),
  ]
}

const secondsOf = ({ startedAt, endedAt }: RunAnswer['states'][number]): string =>
  startedAt === null || endedAt === null ? '' : `${((Date.parse(endedAt) - Date.parse(startedAt)) / 1000).toFixed(1)} s`
