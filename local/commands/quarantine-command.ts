import { readFile } from 'node:fs/promises'
import { type Command, Option } from 'commander'
import type { HeldItem } from '#core/api/quarantine.ts'
import { StartError } from '../start-error.ts'
import {
  bodyOf,
  type CommonOptions,
  dataOption,
  EXIT,
  everyPageOf,
  jsonOption,
  print,
  problemsText,
  withClient,
} from './command-line.ts'

export function addQuarantineCommand(program: Command): void {
  const quarantine = program.command('quarantine').description('documents that were set aside (quarantined)')
  const add = (name: string, about: string) =>
    quarantine.command(name).description(about).addOption(dataOption()).addOption(jsonOption())
  add('list', 'list them')
    .addOption(new Option('--status <status>', 'which ones').choices(['held', 'replayed', 'discarded']).default('held'))
    .action(list)
  add('show <id>', 'show one, whole').action(show)
  add('replay <id>', 'try one again; exit code 1 when it is held still')
    .option('--document <file>', 'the mended document')
    .action(replay)
  add('discard <id>', 'give one up').action((id: string, options: CommonOptions) => command(id, 'discard', options))
}

async function list({ data, json, status }: CommonOptions & { status: string }): Promise<void> {
  await withClient(data, async (client) => {
    const { items } = await everyPageOf<{ items: HeldItem[]; next: string | null }>(
      client,
      `/quarantine?status=${status}`,
    )
    const lines = items.map(({ id, heldAt, problems }) => `${id}  ${heldAt}  ${problemsText(problems)}`)
    print(json, { items }, lines.length === 0 ? [`Nothing is ${status}.`] : lines)
  })
}

async function show(id: string, { data, json }: CommonOptions): Promise<void> {
  await withClient(data, async (client) => {
    const held = bodyOf<HeldItem & { document: string }>(
      await client.request('GET', `/quarantine/${encodeURIComponent(id)}`),
    )
    print(json, held, [
      `${held.id}: ${held.status} since ${held.heldAt}`,
      problemsText(held.problems),
      '',
      held.document,
    ])
  })
}

async function replay(id: string, options: CommonOptions & { document?: string }): Promise<void> {
  const file = options.document
  const document =
    file === undefined
      ? undefined
      : await readFile(file, 'utf8').catch((error) => {
          throw new StartError(`cannot read ${file}: ${error.message}`)
        })
  await command(id, 'replay', options, document === undefined ? {} : { document })
}

async function command(
  id: string,
  what: 'replay' | 'discard',
  { data, json }: CommonOptions,
  body: object = {},
): Promise<void> {
  await withClient(data, async (client) => {
    bodyOf(await client.request('POST', `/quarantine/${encodeURIComponent(id)}/${what}`, body))
    await client.request('POST', '/engine/settle')
    const held = bodyOf<HeldItem>(await client.request('GET', `/quarantine/${encodeURIComponent(id)}`))
    print(json, held, [
      held.status === 'held' ? `${id} is still held: ${problemsText(held.problems)}` : `${id} was ${held.status}.`,
    ])
    if (held.status === 'held') process.exitCode = EXIT.failed
  })
}
