/** `counterflow run nightly`: what a night does, now. */
import type { Command } from 'commander'
import type { Night } from '#runtime/refresh-warehouse.ts'
import type { Client } from '../client.ts'
import {
  bodyOf,
  type CommonOptions,
  dataOption,
  EXIT,
  jsonOption,
  merchantOption,
  print,
  withClient,
} from './command-line.ts'
import { watch } from './watch.ts'

type RunOptions = CommonOptions & { readonly merchant: string }

export function addRunCommand(program: Command): void {
  const run = program.command('run').description('what runs at night, now')
  run
    .command('nightly')
    .description(
      'make the warehouse of the days that are over; exit code 3 when a check failed, and nothing was replaced',
    )
    .addOption(merchantOption())
    .addOption(dataOption())
    .addOption(jsonOption())
    .action(nightly)
}

async function nightly({ data, json, merchant }: RunOptions): Promise<void> {
  await withClient(
    data,
    async (client: Client) => {
      bodyOf(await client.request('POST', '/engine/settle'))
      const { night } = await watch<{ night: Night | null }>(client, '/engine/night', { merchant }, 'parts made')
      if (night === null) return print(json, { merchant, made: false }, ['Nothing has come since the last night.'])
      print(json, night, linesOf(night))
      if (!night.isPublished) process.exitCode = EXIT.differs
    },
    merchant,
  )
}

function linesOf({ date, reopened, parts, checks, isPublished }: Night): string[] {
  const rows = new Map<string, number>()
  for (const part of parts) rows.set(part.table, (rows.get(part.table) ?? 0) + part.rows)
  const wrong = checks.filter(({ outcome }) => outcome === 'failed' || outcome === 'warned')
  const days = reopened.length === 0 ? '' : `, and ${reopened.length} earlier days that something has come for`
  return [
    `${date}${days}:`,
    ...[...rows].map(([table, count]) => `  ${table.padEnd(16)} ${count} rows`),
    ...wrong.map(
      ({ table, check, outcome, measured, bound }) =>
        `  ${outcome}: ${table}, ${check}: ${measured}${bound === null ? '' : `, against ${bound}`}`,
    ),
    isPublished
      ? `${checks.length} checks, ${wrong.length === 0 ? 'all passed' : `${wrong.length} warn`}: published.`
      : 'A check failed: nothing was replaced, the tables are those of the last night.',
  ]
}
