/** Commands that let people and programs in, and out. */
import { type Command, InvalidArgumentError, Option } from 'commander'
import { RIGHTS, type Right, ROLES, type Role } from '#core/access/rights.ts'
import type { PersonItem, TokenItem } from '#core/api/people.ts'
import type { Client } from '../client.ts'
import { StartError } from '../start-error.ts'
import {
  bodyOf,
  type CommonOptions,
  dataOption,
  everyPageOf,
  jsonOption,
  merchantOption,
  print,
  table,
  wholeNumber,
  withClient,
} from './command-line.ts'

type Options = CommonOptions & { readonly merchant: string }
type TokenOptions = Options & {
  readonly label?: string
  readonly scopes?: readonly Right[]
  readonly stores?: readonly string[]
  readonly days?: number
}
type UserOptions = Options & { readonly name?: string; readonly role: Role; readonly stores?: readonly string[] }

const DAY_MS = 24 * 60 * 60_000
const listOf = (text: string): readonly string[] => text.split(',').filter((part) => part !== '')
const scopesOf = (text: string): readonly Right[] =>
  listOf(text).map((scope) => {
    if (scope in RIGHTS) return scope as Right
    throw new InvalidArgumentError(`There is no ${scope}: name some of ${Object.keys(RIGHTS).join(', ')}.`)
  })
const storesOption = () => new Option('--stores <ids>', 'these stores alone, comma-separated').argParser(listOf)
const roleOption = () => new Option('--role <role>', 'as what').choices(ROLES).makeOptionMandatory()

export function addAccessCommands(program: Command): void {
  const group = (name: string, description: string) => {
    const parent = program.command(name).description(description)
    return (usage: string, about: string) =>
      parent
        .command(usage)
        .description(about)
        .addOption(merchantOption())
        .addOption(dataOption())
        .addOption(jsonOption())
  }
  const token = group('token', 'tokens for scripts')
  token('create', 'make a bearer token; it is shown this once')
    .option('--label <text>', 'what it is for')
    .option('--scopes <rights>', 'these rights alone, comma-separated', scopesOf)
    .addOption(storesOption())
    .option('--days <n>', 'until when it counts; for ever without it', wholeNumber(1, 3650))
    .action(createToken)
  token('list', 'show them, not the tokens themselves').action(listTokens)
  token('revoke <id>', 'let nobody in by it any more').action(revokeToken)
  const user = group('user', 'people with accounts')
  user('invite <email>', 'make a link by which somebody chooses a password; it is shown this once')
    .addOption(roleOption())
    .addOption(storesOption())
    .option('--name <text>', 'what they are called')
    .action(inviteUser)
  user('list', 'show them').action(listUsers)
  user('role <user> <role>', 'give somebody, by address or id, another role, and these stores or all')
    .addOption(storesOption())
    .action(changeRole)
  user('remove <user>', 'let them go: their sessions and tokens end at once').action(removeUser)
  user('reset <user>', 'make a link by which they choose a new password').action(resetUser)
  user('password', 'set the address and the password of the owner, read from standard input')
    .requiredOption('--email <address>', 'their address')
    .action(setOwnerPassword)
  program
    .command('link')
    .description('a new sign-in link for a browser')
    .addOption(dataOption())
    .addOption(jsonOption())
    .action(printLink)
}

async function createToken({ data, json, merchant, label, scopes, stores, days }: TokenOptions): Promise<void> {
  const asked = {
    label: label ?? 'counterflow token create',
    ...(scopes && { scopes }),
    ...(stores && { stores }),
    ...(days && { expiresAt: new Date(Date.now() + days * DAY_MS).toISOString() }),
  }
  await withClient(
    data,
    async (client) => {
      const made = bodyOf<TokenItem & { token: string }>(await client.request('POST', '/tokens', asked))
      print(json, made, [made.token])
    },
    merchant,
  )
}

async function listTokens({ data, json, merchant }: Options): Promise<void> {
  await withClient(
    data,
    async (client) => {
      const { items } = await everyPageOf<Page<TokenItem>>(client, '/tokens')
      const rows = items.map(({ id, label, person, scopes, stores, createdAt, expiresAt }) => [
        id,
        person,
        scopes?.join(',') ?? 'everything',
        stores?.join(',') ?? 'all stores',
        `since ${createdAt}`,
        expiresAt === null ? 'for ever' : `until ${expiresAt}`,
        label,
      ])
      print(json, { items }, table(rows))
    },
    merchant,
  )
}

async function revokeToken(id: string, { data, json, merchant }: Options): Promise<void> {
  await withClient(
    data,
    async (client) => {
      bodyOf(await client.request('DELETE', `/tokens/${encodeURIComponent(id)}`))
      print(json, { id }, [`Token ${id} lets nobody in any more.`])
    },
    merchant,
  )
}

type Page<Item> = { readonly items: readonly Item[]; readonly next: string | null }

/** Somebody by address or id. */
async function personIn(client: Client, named: string): Promise<PersonItem> {
  const { items } = await everyPageOf<Page<PersonItem>>(client, '/users')
  const found = items.find(({ id, email }) => id === named || email === named.toLowerCase())
  if (found === undefined) throw new StartError(`there is nobody called ${named}: \`counterflow user list\` names them`)
  return found
}

const linkText = ({ address }: Client, path: string): string =>
  address === undefined ? path : new URL(path, address).toString()

async function inviteUser(email: string, { data, json, merchant, name, role, stores }: UserOptions): Promise<void> {
  const asked = { email, role, ...(name !== undefined && { name }), ...(stores && { stores }) }
  await withClient(
    data,
    async (client) => {
      const made = bodyOf<PersonItem & { path: string }>(await client.request('POST', '/users', asked))
      print(json, made, [linkText(client, made.path)])
    },
    merchant,
  )
}

async function listUsers({ data, json, merchant }: Options): Promise<void> {
  await withClient(
    data,
    async (client) => {
      const { items } = await everyPageOf<Page<PersonItem>>(client, '/users')
      const rows = items.map(({ id, email, name, role, stores, status }) => [
        id,
        email ?? '-',
        role,
        status,
        stores?.join(',') ?? 'all stores',
        name,
      ])
      print(json, { items }, table(rows))
    },
    merchant,
  )
}

async function changeRole(named: string, role: string, { data, json, merchant, stores }: UserOptions): Promise<void> {
  await withClient(
    data,
    async (client) => {
      const { id, version } = await personIn(client, named)
      const asked = { role, stores: stores ?? null, version }
      const changed = bodyOf<PersonItem>(await client.request('PATCH', `/users/${id}`, asked))
      print(json, changed, [`${changed.name} is ${changed.role} of ${changed.stores?.join(', ') ?? 'all stores'}.`])
    },
    merchant,
  )
}

async function removeUser(named: string, { data, json, merchant }: Options): Promise<void> {
  await withClient(
    data,
    async (client) => {
      const { id, name } = await personIn(client, named)
      bodyOf(await client.request('DELETE', `/users/${id}`))
      print(json, { id }, [`Nobody lets ${name} in any more.`])
    },
    merchant,
  )
}

async function resetUser(named: string, { data, json, merchant }: Options): Promise<void> {
  await withClient(
    data,
    async (client) => {
      const { id } = await personIn(client, named)
      const { path } = bodyOf<{ path: string }>(await client.request('POST', `/users/${id}/link`))
      print(json, { path }, [linkText(client, path)])
    },
    merchant,
  )
}

async function setOwnerPassword({ data, json, merchant, email }: Options & { readonly email: string }): Promise<void> {
  const next = (await textOf(process.stdin)).replace(/\r?\n$/, '')
  if (next === '') throw new StartError('no password came: `counterflow user password --email you@shop.example < FILE`')
  await withClient(
    data,
    async (client) => {
      const { version } = bodyOf<PersonItem>(await client.request('GET', '/account'))
      bodyOf(await client.request('PATCH', '/account', { email, version }))
      bodyOf(await client.request('POST', '/account/password', { next }))
      print(json, { email }, [`${email} signs in with this password from now on.`])
    },
    merchant,
  )
}

async function textOf(stream: AsyncIterable<Buffer>): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of stream) parts.push(part)
  return Buffer.concat(parts).toString('utf8')
}

async function printLink({ data, json }: CommonOptions): Promise<void> {
  await withClient(data, async (client) => {
    if (client.address === undefined)
      throw new StartError(`no engine runs on ${data}: \`npm start\` starts one and prints its link`)
    const { code } = bodyOf<{ code: string }>(await client.request('POST', '/sign-in/codes'))
    const link = `${client.address}/sign-in?code=${code}`
    print(json, { link }, [link])
  })
}
