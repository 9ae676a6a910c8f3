/** Commands that look after the data: lake, seal, verify, backup, restore. */
import { existsSync, readdirSync } from 'node:fs'
import { cp } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Command } from 'commander'
import type { ArchivedRow } from '#runtime/archive-shard.ts'
import { openDataFolder, runningEngine } from '../data-folder.ts'
import type { Seal } from '../seal.ts'
import { StartError } from '../start-error.ts'
import type { Verdict } from '../verify.ts'
import { bodyOf, type CommonOptions, dataOption, EXIT, jsonOption, print, withClient } from './command-line.ts'
import { watch } from './watch.ts'

export function addKeepCommands(program: Command): void {
  const add = (name: string, about: string) =>
    program.command(name).description(about).addOption(dataOption()).addOption(jsonOption())
  add('lake', 'put into the lake now what has come since the last quarter of an hour').action(fillLake)
  add('seal', 'seal the rows as they are now').action(seal)
  add('verify', 'replay the log and compare it with the rows; exit code 3 when they differ')
    .option('--from-start', 'from the first event, not from the last seal', false)
    .action(verify)
  add('backup <folder>', 'copy everything into a new folder').action(backup)
  add('restore <folder>', 'make a data folder from a backup').action(restore)
}

async function fillLake({ data, json }: CommonOptions): Promise<void> {
  await withClient(data, async (client) => {
    bodyOf(await client.request('POST', '/engine/settle'))
    const lake = await watch<Lake>(client, '/engine/lake', {}, 'events archived')
    const events = lake.shards.reduce((sum, shard) => sum + shard.events, 0)
    print(json, lake, [`${events} events are in the lake: ${lake.folder}`])
  })
}
type Lake = { readonly folder: string; readonly shards: readonly ArchivedRow[] }

async function seal({ data, json }: CommonOptions): Promise<void> {
  await withClient(data, async (client) => {
    const sealed = await watch<Seal>(client, '/engine/seal', {}, 'rows sealed')
    print(json, sealed, [`Sealed ${sealed.rows} rows as ${sealed.name} (SHA-256 ${sealed.sha256.slice(0, 16)}).`])
  })
}

async function verify({ data, json, fromStart }: CommonOptions & { fromStart: boolean }): Promise<void> {
  await withClient(data, async (client) => {
    const verdict = await watch<Verdict>(
      client,
      '/engine/verify',
      { from: fromStart ? 'start' : 'seal' },
      'records replayed',
    )
    const { equal, records, rows, from, differences, ledgerHolds, examples } = verdict
    const origin = from === null ? 'the first event' : `seal ${from}`
    print(json, verdict, [
      `Replayed ${records} records from ${origin} and compared ${rows} rows: ${equal ? 'equal' : `${differences} differ`}.`,
      ledgerHolds ? 'The ledger holds in every shard.' : 'The ledger does not hold.',
      ...examples.map(
        ({ table, key, live, replayed }) =>
          `${table} ${JSON.stringify(key)}\n  live      ${JSON.stringify(live)}\n  replayed  ${JSON.stringify(replayed)}`,
      ),
    ])
    if (!equal) process.exitCode = EXIT.differs
  })
}

async function backup(folder: string, { data, json }: CommonOptions): Promise<void> {
  const to = resolve(folder)
  await withClient(data, async (client) => {
    bodyOf(await client.request('POST', '/engine/backup', { to }))
    print(json, { to }, [`Copied everything to ${to}.`])
  })
}

/** A backup is a data folder: it only has to be readable, and its new place empty. */
async function restore(folder: string, { data, json }: CommonOptions): Promise<void> {
  const from = resolve(folder)
  if (!existsSync(join(from, 'format.json'))) throw new StartError(`${from} is no backup: it has no format.json`)
  openDataFolder(from)
  if (runningEngine(data) !== undefined) throw new StartError(`an engine runs on ${data}: stop it first`)
  if (existsSync(data) && readdirSync(data).length > 0)
    throw new StartError(`${data} is not empty: move it away first, nothing is overwritten`)
  await cp(from, data, { recursive: true })
  print(json, { from, data }, [`Restored ${from} to ${data}.`])
}
