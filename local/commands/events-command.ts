import { setTimeout as wait } from 'node:timers/promises'
import { type Command, InvalidArgumentError } from 'commander'
import { bodyOf, type CommonOptions, dataOption, jsonOption, withClient } from './command-line.ts'

type Page = { readonly events: readonly { shard: number; sequence: string; event: string }[]; readonly after: string }
type TailOptions = CommonOptions & { readonly lines: number; readonly follow: boolean; readonly type?: string }

const POLL_MS = 300

export function addEventsCommand(program: Command): void {
  program
    .command('events')
    .description('the log')
    .command('tail')
    .description('print the newest events, and go on as they come')
    .option('--lines <n>', 'how many of each shard to begin with', linesOf, 10)
    .option('--no-follow', 'print them and end')
    .option('--type <type>', 'events of one type alone')
    .addOption(dataOption())
    .addOption(jsonOption())
    .action(tail)
}

async function tail({ data, json, lines, follow, type }: TailOptions): Promise<void> {
  await withClient(data, async (client) => {
    let after: string | undefined
    do {
      const query = after === undefined ? `limit=${lines}` : `limit=1000&after=${after}`
      const page = bodyOf<Page>(await client.request('GET', `/engine/events?${query}`))
      for (const { shard, sequence, event } of page.events) {
        if (type === undefined || typeOf(event) === type) console.log(json ? event : readable(shard, sequence, event))
      }
      after = page.after
      if (follow && client.address !== undefined) await wait(POLL_MS)
    } while (follow && client.address !== undefined)
  })
}

const MAX_LINES = 1_000

function linesOf(text: string): number {
  const lines = Number(text)
  if (Number.isInteger(lines) && lines >= 1 && lines <= MAX_LINES) return lines
  throw new InvalidArgumentError(`It must be a number from 1 to ${MAX_LINES}.`)
}

const typeOf = (event: string): unknown => parsed(event)?.type
function parsed(
  event: string,
): { occurredAt?: string; type?: string; merchantId?: string; storeId?: string; data?: unknown } | undefined {
  try {
    return JSON.parse(event)
  } catch {
    return undefined // held by the engine; printed as it is
  }
}

function readable(shard: number, sequence: string, event: string): string {
  const e = parsed(event)
  const place = `${shard}/${Number(sequence)}`
  return e === undefined
    ? `${place}  ${event}`
    : `${place}  ${e.occurredAt}  ${e.type}  ${e.merchantId}/${e.storeId}  ${JSON.stringify(e.data)}`
}
