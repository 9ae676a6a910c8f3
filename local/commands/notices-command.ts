/** Commands about what people outside are told: choices, webhooks, tests, and what came of it. */
import { type Command, Option } from 'commander'
import type {
  ChoicesAnswer,
  NewNoticeWebhookAnswer,
  NoticeLogAnswer,
  NoticeLogItem,
  NoticeWebhookItem,
} from '#core/api/notices.ts'
import { PERSON_CHANNELS } from '#core/notices/choices.ts'
import { StartError } from '../start-error.ts'
import {
  bodyOf,
  type CommonOptions,
  dataOption,
  jsonOption,
  merchantOption,
  print,
  table,
  wholeNumber,
  withClient,
} from './command-line.ts'

type Options = CommonOptions & { readonly merchant: string }
type ListOptions = Options & { readonly webhook?: string; readonly limit: number }
type TestOptions = Options & { readonly channel?: string; readonly webhook?: string }
type AddOptions = Options & { readonly label?: string }
type ChooseOptions = Options & {
  readonly channels?: string
  readonly kinds?: string
  readonly least?: string
  readonly stores?: string
  readonly timeZone?: string
  readonly quiet?: string
  readonly digest?: string
  readonly email?: string
}

export function addNoticesCommand(program: Command): void {
  const notices = program.command('notices').description('what people outside are told')
  const under = (parent: Command) => (usage: string, description: string) =>
    parent
      .command(usage)
      .description(description)
      .addOption(merchantOption())
      .addOption(dataOption())
      .addOption(jsonOption())
  const command = under(notices)
  command('list', 'what was sent lately, newest first')
    .option('--webhook <id>', 'to this webhook, in place of oneself')
    .option('--limit <n>', 'how many lines', wholeNumber(1, 500), 50)
    .action(list)
  command('test', 'send a test at once, to oneself or to a webhook')
    .addOption(new Option('--channel <channel>', 'to oneself').choices(PERSON_CHANNELS))
    .option('--webhook <id>', 'to this webhook')
    .action(test)
  command('choices', 'show what one is told, how and when').action(choices)
  command('choose', 'change what is named, and leave the rest')
    .option('--channels <list>', 'email, log, both with a comma between, or none')
    .option('--kinds <list>', 'kinds of notices, as `notices choices` names them')
    .option('--least <severity>', 'WARNING or CRITICAL')
    .option('--stores <list>', 'ids of stores, or all')
    .option('--time-zone <zone>', 'of quiet hours and digest, or merchant for the merchant’s')
    .option('--quiet <hours>', 'when nothing is sent, like 22:00-07:00, or off')
    .option('--digest <rhythm>', 'off, hourly, or daily@8 for each day at that hour')
    .option('--email <address>', 'where e-mail goes, or none: for the machine’s owner, who needs no account')
    .action(choose)
  const webhook = under(notices.command('webhook').description('where notices are posted to'))
  webhook('add <url>', 'add one; its secret is shown this once')
    .option('--label <text>', 'what people call it')
    .action(addWebhook)
  webhook('list', 'show them').action(listWebhooks)
  webhook('remove <id>', 'remove it for good').action(removeWebhook)
}

const lineOf = ({
  number,
  at,
  channel,
  status,
  receiverStatus,
  attempt,
  durationMs,
  subject,
  error,
}: NoticeLogItem) => [
  number,
  at,
  channel,
  status,
  receiverStatus ?? '',
  `attempt ${attempt}`,
  `${durationMs} ms`,
  subject,
  error ?? '',
]

async function list({ data, json, merchant, webhook, limit }: ListOptions): Promise<void> {
  await withClient(
    data,
    async (client) => {
      const query = new URLSearchParams({ limit: String(limit), ...(webhook !== undefined && { webhook }) })
      const answer = bodyOf<NoticeLogAnswer>(await client.request('GET', `/notices/deliveries?${query}`))
      print(json, answer, answer.items.length === 0 ? ['Nothing was sent lately.'] : table(answer.items.map(lineOf)))
    },
    merchant,
  )
}

async function test({ data, json, merchant, channel, webhook }: TestOptions): Promise<void> {
  if ((channel === undefined) === (webhook === undefined))
    throw new StartError('say where to: --channel email, --channel log, or --webhook ID')
  await withClient(
    data,
    async (client) => {
      const asked = channel === undefined ? { webhook } : { channel }
      const line = bodyOf<NoticeLogItem>(await client.request('POST', '/notices/test', asked))
      if (line.status !== 'taken') throw new StartError(`the test was not taken: ${line.error}`)
      print(json, line, [`The test ${line.noticeId} was taken within ${line.durationMs} ms.`])
    },
    merchant,
  )
}

async function choices({ data, json, merchant }: Options): Promise<void> {
  await withClient(
    data,
    async (client) => {
      const answer = bodyOf<ChoicesAnswer>(await client.request('GET', '/notices/choices'))
      print(json, answer, linesOf(answer))
    },
    merchant,
  )
}

function linesOf({ choices: chosen, emailAddress, emailProblem, kinds }: ChoicesAnswer): string[] {
  const rows = Object.entries(chosen).map(([name, value]) => [name, JSON.stringify(value)])
  return [
    ...table(rows),
    `e-mail goes to ${emailAddress ?? 'nowhere'}${emailProblem === null ? '' : ` (${emailProblem})`}`,
    ...kinds.map(({ kind, about }) => `${kind}: ${about}`),
  ]
}

async function choose({ data, json, merchant, ...options }: ChooseOptions): Promise<void> {
  await withClient(
    data,
    async (client) => {
      const { version } = bodyOf<ChoicesAnswer>(await client.request('GET', '/notices/choices'))
      const change = { version, ...changeOf(options) }
      const answer = bodyOf<ChoicesAnswer>(await client.request('POST', '/notices/choices', change))
      print(json, answer, linesOf(answer))
    },
    merchant,
  )
}

/** What the options say, as the API takes it; what makes no sense is told by the engine. */
function changeOf({
  channels,
  kinds,
  least,
  stores,
  timeZone,
  quiet,
  digest,
  email,
}: Omit<ChooseOptions, keyof Options>): object {
  const listed = (text: string): string[] => (text === 'none' ? [] : text.split(',').map((each) => each.trim()))
  const [from, to] = quiet?.split('-') ?? []
  const [rhythm, hour] = digest?.split('@') ?? []
  return {
    ...(channels !== undefined && { channels: listed(channels) }),
    ...(kinds !== undefined && { kinds: listed(kinds) }),
    ...(least !== undefined && { leastSeverity: least }),
    ...(stores !== undefined && { stores: stores === 'all' ? null : listed(stores) }),
    ...(timeZone !== undefined && { timeZone: timeZone === 'merchant' ? null : timeZone }),
    ...(quiet !== undefined && { quietHours: quiet === 'off' ? null : { from, to } }),
    ...(rhythm !== undefined && { digest: rhythm }),
    ...(hour !== undefined && { digestHour: Number(hour) }),
    ...(email !== undefined && { email: email === 'none' ? null : email }),
  }
}

async function addWebhook(url: string, { data, json, merchant, label }: AddOptions): Promise<void> {
  await withClient(
    data,
    async (client) => {
      const asked = { url, ...(label !== undefined && { label }) }
      const made = bodyOf<NewNoticeWebhookAnswer>(await client.request('POST', '/notices/webhooks', asked))
      print(json, made, [
        `Webhook ${made.id} gets every notice from now on.`,
        `  address  ${made.url}`,
        `  secret   ${made.secret}   (shown this once)`,
      ])
    },
    merchant,
  )
}

async function listWebhooks({ data, json, merchant }: Options): Promise<void> {
  await withClient(
    data,
    async (client) => {
      const answer = bodyOf<{ items: readonly NoticeWebhookItem[] }>(await client.request('GET', '/notices/webhooks'))
      const row = ({ id, status, isSigned, url, label }: NoticeWebhookItem) => [
        id,
        status,
        isSigned ? 'signed' : 'not signed',
        url,
        label,
      ]
      print(json, answer, answer.items.length === 0 ? ['There is no webhook yet.'] : table(answer.items.map(row)))
    },
    merchant,
  )
}

async function removeWebhook(id: string, { data, json, merchant }: Options): Promise<void> {
  await withClient(
    data,
    async (client) => {
      const path = `/notices/webhooks/${encodeURIComponent(id)}`
      const removed = bodyOf<NoticeWebhookItem>(await client.request('DELETE', path))
      print(json, removed, [`Webhook ${id} is removed.`])
    },
    merchant,
  )
}
