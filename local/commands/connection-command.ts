/** Commands that open, watch and close the ways in of providers. */
import { readFileSync } from 'node:fs'
import type { Command } from 'commander'
import type {
  ConnectionItem,
  ConnectionsAnswer,
  DeliveriesAnswer,
  DeliveryItem,
  NewConnectionAnswer,
} from '#core/api/connections.ts'
import { StartError } from '../start-error.ts'
import {
  bodyOf,
  type CommonOptions,
  dataOption,
  EXIT,
  everyPageOf,
  jsonOption,
  merchantOption,
  print,
  table,
  wholeNumber,
  withClient,
} from './command-line.ts'

type Options = CommonOptions & { readonly merchant: string }
type AddOptions = Options & {
  readonly proof?: string
  readonly store?: string
  readonly label?: string
  readonly rate?: number
  readonly secretFile?: string
}
type RotateOptions = Options & { readonly overlapHours?: number; readonly secretFile?: string }

export function addConnectionCommand(program: Command): void {
  const connection = program.command('connection').description('ways in for marketplaces and shops')
  const command = (usage: string, description: string) =>
    connection
      .command(usage)
      .description(description)
      .addOption(merchantOption())
      .addOption(dataOption())
      .addOption(jsonOption())
  command(
    'add <source>',
    'open one: amazon, myntra, meesho, shopify, woocommerce or generic; its secret is shown this once',
  )
    .option('--proof <proof>', 'standard-webhooks, shopify, woocommerce or token; the source’s own if absent')
    .option('--store <id>', 'where documents that name no store belong')
    .option('--label <text>', 'what people call it')
    .option('--rate <n>', 'deliveries a second that it may send in the long run (200)', wholeNumber(1, 10_000))
    .option('--secret-file <file>', 'the secret that the provider made, in a file, or - for standard input')
    .action(add)
  command('list', 'show them').action(list)
  command('pause <id>', 'let nothing in until it is resumed').action(set('paused', 'is paused'))
  command('resume <id>', 'let deliveries in again').action(set('active', 'is open again'))
  command('remove <id>', 'close it for good; a door of the demo opens again when it is used').action(remove)
  command('rotate <id>', 'a new secret; the one before counts for a while')
    .option('--overlap-hours <hours>', 'how long (24)', wholeNumber(0, 720))
    .option('--secret-file <file>', 'the new secret that the provider made, in a file, or - for standard input')
    .action(rotate)
  command('test <id>', 'send a test through it, of which nothing is booked').action(test)
  command('deliveries <id>', 'what came lately, newest first').action(deliveries)
  command('redeliver <id> <number>', 'take a delivery once more, as it was kept').action(redeliver)
}

async function add(source: string, options: AddOptions): Promise<void> {
  const { data, json, merchant, proof, store, label, rate, secretFile } = options
  const asked = {
    source,
    ...(proof !== undefined && { proof }),
    ...(store !== undefined && { storeId: store }),
    ...(label !== undefined && { label }),
    ...(rate !== undefined && { ratePerSecond: rate }),
    ...(secretFile !== undefined && { secret: secretIn(secretFile) }),
  }
  await withClient(
    data,
    async (client) => {
      const made = bodyOf<NewConnectionAnswer>(await client.request('POST', '/integrations', asked))
      print(json, made, [
        `Connection ${made.id} waits for its first delivery.`,
        `  address  ${client.address ?? '(where the engine listens)'}${made.path}`,
        `  proof    ${made.proof}`,
        `  secret   ${made.secret}   (shown this once)`,
      ])
    },
    merchant,
  )
}

function secretIn(file: string): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8').trim()
  } catch (error) {
    throw new StartError(`cannot read the secret from ${file}: ${(error as Error).message}`)
  }
}

async function list({ data, json, merchant }: Options): Promise<void> {
  await withClient(
    data,
    async (client) => {
      const { items } = await everyPageOf<ConnectionsAnswer>(client, '/integrations')
      const row = ({ id, source, proof, status, label, acceptedAt }: ConnectionItem) => [
        id,
        source,
        proof,
        status,
        acceptedAt === null ? 'nothing yet' : `since ${acceptedAt}`,
        label,
      ]
      print(json, { items }, items.length === 0 ? ['There is no connection yet.'] : table(items.map(row)))
    },
    merchant,
  )
}

const set =
  (status: 'active' | 'paused', done: string) =>
  (id: string, options: Options): Promise<void> =>
    change('PATCH', id, { status }, done, options)

const remove = (id: string, options: Options): Promise<void> => change('DELETE', id, undefined, 'is closed', options)

async function change(
  method: 'PATCH' | 'DELETE',
  id: string,
  asked: object | undefined,
  done: string,
  { data, json, merchant }: Options,
): Promise<void> {
  await withClient(
    data,
    async (client) => {
      const answer = await client.request(method, `/integrations/${encodeURIComponent(id)}`, asked)
      print(json, bodyOf<ConnectionItem>(answer), [`Connection ${id} ${done}.`])
    },
    merchant,
  )
}

async function rotate(id: string, { data, json, merchant, overlapHours, secretFile }: RotateOptions): Promise<void> {
  const asked = {
    ...(overlapHours !== undefined && { overlapHours }),
    ...(secretFile !== undefined && { secret: secretIn(secretFile) }),
  }
  await withClient(
    data,
    async (client) => {
      const path = `/integrations/${encodeURIComponent(id)}/rotate`
      const made = bodyOf<{ secret: string }>(await client.request('POST', path, asked))
      print(json, made, [`The new secret, shown this once: ${made.secret}`])
    },
    merchant,
  )
}

async function test(id: string, { data, json, merchant }: Options): Promise<void> {
  await resend(`/integrations/${encodeURIComponent(id)}/test`, { data, json, merchant })
}

async function redeliver(id: string, number: string, { data, json, merchant }: Options): Promise<void> {
  const path = `/integrations/${encodeURIComponent(id)}/deliveries/${encodeURIComponent(number)}/redeliver`
  await resend(path, { data, json, merchant })
}

async function resend(path: string, { data, json, merchant }: Options): Promise<void> {
  await withClient(
    data,
    async (client) => {
      const answer = bodyOf<{ status: number; answer: string }>(await client.request('POST', path))
      print(json, answer, [`The door answered ${answer.status}: ${answer.answer}`])
      if (answer.status >= 300) process.exitCode = EXIT.failed
    },
    merchant,
  )
}

async function deliveries(id: string, { data, json, merchant }: Options): Promise<void> {
  await withClient(
    data,
    async (client) => {
      const path = `/integrations/${encodeURIComponent(id)}/deliveries`
      const { items } = await everyPageOf<DeliveriesAnswer>(client, path)
      const row = ({ number, at, status, proof, durationMs, way }: DeliveryItem) => [
        number,
        at,
        status,
        proof,
        `${durationMs} ms`,
        way,
      ]
      print(json, { items }, items.length === 0 ? ['Nothing came lately.'] : table(items.map(row)))
    },
    merchant,
  )
}
