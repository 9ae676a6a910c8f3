import { resolve } from 'node:path'
import type { Command } from 'commander'
import { type CommonOptions, dataOption, EXIT, jsonOption, print } from '../commands/command-line.ts'
import { ProgressLine } from '../commands/progress-line.ts'
import { openDoor } from './collect-door.ts'
import { type ImportSummary, importOnlineRetail, openOnlineRetail } from './import-online-retail.ts'

type ImportCommandOptions = CommonOptions & { readonly report?: string }

export function addImportCommand(program: Command): void {
  program
    .command('import')
    .description('bring in the history of a shop; the same lines again change nothing')
    .command('online-retail <file>')
    .description('a CSV file, plain or in gzip, with the columns of UCI Online Retail')
    .option('--report <file>', 'write each line that was refused, and why, as JSON lines')
    .addOption(dataOption())
    .addOption(jsonOption())
    .action(run)
}

async function run(path: string, { data, json, report }: ImportCommandOptions): Promise<void> {
  const file = await openOnlineRetail(path)
  const door = await openDoor(data)
  const progress = new ProgressLine(`KiB of ${path}:`)
  try {
    const summary = await importOnlineRetail(file, door, {
      scratchFolder: data,
      reportPath: report === undefined ? undefined : resolve(report),
      onProgress: (bytes, ofBytes) => progress.update(Math.round(bytes / 1024), Math.round(ofBytes / 1024)),
    })
    progress.end()
    print(json, summary, readable(summary, door.address ?? data))
    if (summary.refused > 0 || summary.brokeOff !== null) process.exitCode = EXIT.failed
  } finally {
    progress.end()
    await door.close()
  }
}

function readable(summary: ImportSummary, where: string): string[] {
  const { file, lines, accepted, repeats, refused, refusals, titles, held, brokeOff, seconds, linesPerSecond } = summary
  const n = (count: number) => count.toLocaleString('en')
  return [
    `${n(lines)} lines of ${file} in ${seconds} s (${n(linesPerSecond)} a second), into ${where}:`,
    `  ${n(accepted)} events taken, ${n(repeats)} known before, ${n(titles)} products got a title`,
    ...(held === 0 ? [] : [`  ${n(held)} events cannot be applied and are held: counterflow quarantine list`]),
    ...(refused === 0 ? [] : [`  ${n(refused)} lines refused:`]),
    ...refusals.map(({ line, problems }) => `    line ${line}: ${problems.map(reason).join('; ')}`),
    ...(refused > refusals.length ? [`    ... --report FILE writes all of them`] : []),
    ...(brokeOff === null ? [] : [`It ended too soon: ${brokeOff}`]),
  ]
}

const reason = ({ field, message }: { field: string; message: string }): string => `${field} ${message}`.trim()
