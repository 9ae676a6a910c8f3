/** Commands for whoever runs the engine: who may use it, and how much. */
import { writeSync } from 'node:fs'
import { open, rm } from 'node:fs/promises'
import type { Command } from 'commander'
import type { Merchant } from '#runtime/merchants.ts'
import { StartError } from '../start-error.ts'
import {
  bodyOf,
  type CommonOptions,
  dataOption,
  jsonOption,
  print,
  table,
  wholeNumber,
  withClient,
} from './command-line.ts'

type AddOptions = CommonOptions & {
  readonly name?: string
  readonly eventsPerDay?: number
  readonly connections?: number
  readonly people?: number
}

export function addMerchantCommand(program: Command): void {
  const merchant = program.command('merchant').description('who uses this engine')
  const command = (usage: string, description: string) =>
    merchant.command(usage).description(description).addOption(dataOption()).addOption(jsonOption())
  command('add <id>', 'let another merchant in')
    .option('--name <text>', 'what people call them')
    .option('--events-per-day <n>', 'how many events their connections may bring on a day (UTC)', wholeNumber(1, 1e12))
    .option('--connections <n>', 'how many connections they may have', wholeNumber(0, 1_000_000))
    .option('--people <n>', 'how many customers of theirs may be known', wholeNumber(0, 1e12))
    .action(add)
  command('list', 'show them').action(list)
  command('suspend <id>', 'take no deliveries of theirs; what was taken stays').action(
    change('suspend', 'is suspended'),
  )
  command('resume <id>', 'take their deliveries again').action(change('resume', 'may send again'))
  command('export <id> <file>', 'write all of their events as JSON lines').action(exportEvents)
  command(
    'remove <id>',
    'close their doors, revoke their tokens, forget their people and take them out of lake and warehouse, for good',
  ).action(change('remove', 'is removed'))
}

async function add(
  id: string,
  { data, json, name = id, eventsPerDay, connections, people }: AddOptions,
): Promise<void> {
  const asked = {
    id,
    name,
    ...(eventsPerDay !== undefined && { eventsPerDay }),
    ...(connections !== undefined && { connections }),
    ...(people !== undefined && { people }),
  }
  await withClient(data, async (client) => {
    const made = bodyOf<Merchant>(await client.request('POST', '/engine/merchants', asked))
    print(json, made, [
      `Merchant ${made.id} may use this engine: \`counterflow connection add SOURCE --merchant ${made.id}\` opens a way in.`,
    ])
  })
}

async function list({ data, json }: CommonOptions): Promise<void> {
  await withClient(data, async (client) => {
    const answer = bodyOf<{ items: readonly Merchant[] }>(await client.request('GET', '/engine/merchants'))
    const quota = (n: number | undefined, of: string) => (n === undefined ? `any ${of}` : `${n} ${of}`)
    const row = ({ id, name, status, eventsPerDay, connections, people }: Merchant) => [
      id,
      name,
      status,
      quota(eventsPerDay, 'events a day'),
      quota(connections, 'connections'),
      quota(people, 'people'),
    ]
    print(json, answer, table(answer.items.map(row)))
  })
}

const change =
  (what: 'suspend' | 'resume' | 'remove', done: string) =>
  async (id: string, { data, json }: CommonOptions): Promise<void> => {
    await withClient(data, async (client) => {
      const path = `/engine/merchants/${encodeURIComponent(id)}/${what}`
      print(json, bodyOf<object>(await client.request('POST', path)), [`Merchant ${id} ${done}.`])
    })
  }

async function exportEvents(id: string, path: string, { data, json }: CommonOptions): Promise<void> {
  await withClient(data, async (client) => {
    bodyOf(await client.request('GET', `/engine/merchants/${encodeURIComponent(id)}`))
    const file = await open(path, 'wx').catch((error: NodeJS.ErrnoException) => {
      const reason = error.code === 'EEXIST' ? 'it is there already' : error.message
      throw new StartError(`cannot write ${path} (${reason}): name another file`)
    })
    let events = 0
    try {
      // Written before the next piece is read, so that memory does not grow with the file.
      await client.request('GET', `/engine/merchants/${encodeURIComponent(id)}/events`, undefined, (line) => {
        writeSync(file.fd, `${JSON.stringify(line)}\n`)
        events++
      })
    } catch (error) {
      await rm(path, { force: true })
      throw error
    } finally {
      await file.close()
    }
    print(json, { id, file: path, events }, [`Wrote ${events} events of ${id} to ${path}.`])
  })
}
