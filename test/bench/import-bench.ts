/**
 * The import of UCI Online Retail by the real command, `counterflow import online-retail FILE`, in a process of its own on
 * a folder without an engine: first into a fresh folder, then the same file once more, which changes nothing. Seconds and
 * lines a second are the whole process's, from spawn to exit; the command's own `seconds` leave its start out. Peak memory
 * is the most resident memory of the process, LMDB's mapped pages among it; `anonPeakMiB` is without those.
 */
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { OnlineRetailSummary } from '#local/import/import-online-retail.ts'
import type { Bench, BenchOptions } from './bench-options.ts'
import { COMMAND_LINE } from './engine-under-load.ts'
import { anonRssMiB, peakRssMiB, spawnNode, temporaryFolder } from './own-process.ts'
import { rounded } from './percentiles.ts'

const FILE = fileURLToPath(new URL('../../../shared/data/online_retail.csv.gz', import.meta.url))
const SAMPLE_MS = 50

async function runImport({ file = FILE, say }: BenchOptions): Promise<object> {
  if (!existsSync(file)) throw new Error(`there is no ${file}: name the file of UCI Online Retail with --file`)
  const data = join(temporaryFolder(), 'data')
  const first = await timedImport(file, data)
  say(`fresh: ${JSON.stringify(first)}`)
  const again = await timedImport(file, data)
  say(`again: ${JSON.stringify(again)}`)
  return { ...first, again }
}

async function timedImport(file: string, data: string) {
  const startedAt = performance.now()
  const child = spawnNode([COMMAND_LINE, 'import', 'online-retail', file, '--data', data, '--json'])
  let out = ''
  let said = ''
  child.stdout!.setEncoding('utf8').on('data', (chunk) => {
    out += chunk
  })
  child.stderr!.setEncoding('utf8').on('data', (chunk) => {
    said += chunk
  })
  let peakMiB = 0
  let anonPeakMiB = 0
  const sampling = setInterval(() => {
    // A process that has just ended has no memory to speak of.
    peakMiB = Math.max(peakMiB, peakRssMiB(child.pid!) ?? 0)
    anonPeakMiB = Math.max(anonPeakMiB, anonRssMiB(child.pid!) ?? 0)
  }, SAMPLE_MS)
  await once(child, 'close')
  clearInterval(sampling)
  const seconds = (performance.now() - startedAt) / 1000
  if (out.trim() === '') throw new Error(`the import ended with ${child.exitCode}: ${said}`)
  const {
    lines,
    accepted,
    repeats,
    refused,
    held,
    brokeOff,
    seconds: ownSeconds,
  } = JSON.parse(out) as OnlineRetailSummary
  if (brokeOff !== null) throw new Error(`the import broke off: ${brokeOff}`)
  return {
    lines,
    seconds: rounded(seconds, 1),
    linesPerSecond: Math.round(lines / seconds),
    ownSeconds,
    peakRssMiB: Math.round(peakMiB),
    anonPeakMiB: Math.round(anonPeakMiB),
    ...{ accepted, repeats, refused, held },
  }
}

export const importBench: Bench = {
  about: 'UCI Online Retail by the import command: lines a second, fresh and once more (2 minutes)',
  options: ['--file FILE   online_retail.csv.gz, where it lies elsewhere'],
  atMostSeconds: 900,
  run: runImport,
}
