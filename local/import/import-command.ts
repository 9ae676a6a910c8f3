import { resolve } from 'node:path'
import type { Command } from 'commander'
import { type CommonOptions, dataOption, EXIT, jsonOption, print, problemsText } from '../commands/command-line.ts'
import { ProgressLine } from '../commands/progress-line.ts'
import { type Door, openDoor } from './collect-door.ts'
import { importAmazonOrders, openAmazonOrders } from './import-amazon-orders.ts'
import { importTable, openTable, type TableName } from './import-catalogue.ts'
import { importCsv, openMapped, rehearseCsv } from './import-csv.ts'
import type { ImportOptions, ImportSummary, LinesRead, ReadOptions, Rehearsal } from './import-lines.ts'
import { importOnlineRetail, type OnlineRetailSummary, openOnlineRetail } from './import-online-retail.ts'
import { importRates, openRates } from './import-rates.ts'
import type { LineFile } from './read-lines.ts'

type ImportCommandOptions = CommonOptions & { readonly report?: string }

export function addImportCommand(program: Command): void {
  const imports = program
    .command('import')
    .description('bring in the catalogue and the history of a shop; the same file again changes nothing')
  const add = (name: string, about: string): Command =>
    imports
      .command(`${name} <file>`)
      .description(about)
      .option('--report <file>', 'write each line that was refused, and why, as JSON lines')
      .addOption(dataOption())
      .addOption(jsonOption())

  add('products', 'a CSV file of products, plain or in gzip; docs/imports.md says its columns').action(
    (path: string, options: ImportCommandOptions) => bringTable('products', path, options),
  )
  add('stores', 'a CSV file of stores, plain or in gzip; docs/imports.md says its columns').action(
    (path: string, options: ImportCommandOptions) => bringTable('stores', path, options),
  )
  add('rates', 'a CSV file of exchange rates by day, plain or in gzip; docs/imports.md says its columns').action(
    bringRates,
  )
  add('csv', 'sales from a CSV file of any columns, plain or in gzip; docs/imports.md says what a mapping is')
    .requiredOption('--map <mapping.json>', 'where in the file our fields are')
    .option('--dry-run', 'read and translate everything, send nothing', false)
    .action(bringCsv)
  add('amazon-orders', 'Amazon’s report of all orders, by tabs: prices and orders that notifications did not tell')
    .option('--store <id>', 'the store of the connection, where it has one')
    .action(bringAmazonOrders)
  add('online-retail', 'a CSV file, plain or in gzip, with the columns of UCI Online Retail').action(bringOnlineRetail)
}

async function bringTable(name: TableName, path: string, options: ImportCommandOptions): Promise<void> {
  const file = await openTable(name, path)
  await bring(file, options, (door, how) => importTable(name, file, door, how))
}

async function bringRates(path: string, options: ImportCommandOptions): Promise<void> {
  const file = await openRates(path)
  await bring(file, options, (door, how) => importRates(file, door, how))
}

async function bringOnlineRetail(path: string, options: ImportCommandOptions): Promise<void> {
  const file = await openOnlineRetail(path)
  const more = ({ titles }: OnlineRetailSummary) => [`  ${n(titles)} products got a title`]
  await bring(file, options, (door, how) => importOnlineRetail(file, door, how), more)
}

type AmazonOptions = ImportCommandOptions & { readonly store?: string }

async function bringAmazonOrders(path: string, options: AmazonOptions): Promise<void> {
  const file = await openAmazonOrders(path)
  await bring(file, options, (door, how) => importAmazonOrders(file, door, options.store, how))
}

type CsvOptions = ImportCommandOptions & { readonly map: string; readonly dryRun: boolean }

async function bringCsv(path: string, options: CsvOptions): Promise<void> {
  const mapped = await openMapped(path, options.map)
  if (!options.dryRun) return bring(mapped.file, options, (door, how) => importCsv(mapped, door, how))
  await tell(mapped.file, options, async (how) => {
    const found = await rehearseCsv(mapped, how)
    return [found, rehearsed(found)]
  })
}

/** Brings a file in, and says what became of it. */
async function bring<Summary extends ImportSummary>(
  file: LineFile,
  options: ImportCommandOptions,
  work: (door: Door, how: ImportOptions) => Promise<Summary>,
  more: (summary: Summary) => readonly string[] = () => [],
): Promise<void> {
  const { data } = options
  const door = await openDoor(data)
  try {
    await tell(file, options, async (how) => {
      const summary = await work(door, { ...how, scratchFolder: data })
      return [summary, [...broughtIn(summary, door.address ?? data), ...more(summary)]]
    })
  } finally {
    await door.close()
  }
}

/** Shows how far the file is read, then what was found in it. */
async function tell(
  file: LineFile,
  { json, report }: ImportCommandOptions,
  work: (how: ReadOptions) => Promise<readonly [found: LinesRead, lines: readonly string[]]>,
): Promise<void> {
  const progress = new ProgressLine(`KiB of ${file.path}:`)
  try {
    const [found, lines] = await work({
      reportPath: report === undefined ? undefined : resolve(report),
      onProgress: (bytes, ofBytes) => progress.update(Math.round(bytes / 1024), Math.round(ofBytes / 1024)),
    })
    progress.end()
    print(json, found, [...lines, ...shortcomings(found)])
    if (found.refused > 0 || found.brokeOff !== null) process.exitCode = EXIT.failed
  } finally {
    progress.end()
  }
}

function broughtIn({ file, lines, accepted, repeats, held, ...took }: ImportSummary, where: string): string[] {
  return [
    `${n(lines)} lines of ${file} in ${took.seconds} s (${n(took.linesPerSecond)} a second), into ${where}:`,
    `  ${n(accepted)} events taken, ${n(repeats)} known before`,
    ...(held === 0 ? [] : [`  ${n(held)} events cannot be applied and are held: counterflow quarantine list`]),
  ]
}

function rehearsed({ file, lines, events, samples }: Rehearsal): string[] {
  const byType = Object.entries(events).map(([type, count]) => `${n(count)} ${type}`)
  return [
    `${n(lines)} lines of ${file}; nothing was sent:`,
    `  they would be ${byType.length === 0 ? 'no events' : byType.join(', ')}`,
    ...samples.map(({ line, ...event }) => `    line ${line}: ${JSON.stringify(event)}`),
  ]
}

function shortcomings({ refused, refusals, ignoredColumns, brokeOff }: LinesRead): string[] {
  return [
    ...(ignoredColumns.length === 0 ? [] : [`  columns that mean nothing here: ${ignoredColumns.join(', ')}`]),
    ...(refused === 0 ? [] : [`  ${n(refused)} lines refused:`]),
    ...refusals.map(({ line, problems }) => `    line ${line}: ${problemsText(problems)}`),
    ...(refused > refusals.length ? ['    ... --report FILE writes all of them'] : []),
    ...(brokeOff === null ? [] : [`It ended too soon: ${brokeOff}`]),
  ]
}

const n = (count: number): string => count.toLocaleString('en')
