/** What every command shares: its options, how it prints, how it ends. */
import { resolve } from 'node:path'
import { InvalidArgumentError, Option } from 'commander'
import { everyPage } from '#core/api/every-page.ts'
import type { ProblemDocument } from '#core/api/problem.ts'
import type { Problem } from '#core/outcome.ts'
import { type Client, connect, type Reply } from '../client.ts'
import { OWNER } from '../owner.ts'
import { StartError } from '../start-error.ts'

/** Exit codes that scripts may rely on: 2 is a wrong command line. */
export const EXIT = { ok: 0, failed: 1, usage: 2, differs: 3 } as const

export const dataOption = (): Option =>
  new Option('--data <folder>', 'where everything is kept')
    .default(resolve('.counterflow'), '.counterflow')
    .env('COUNTERFLOW_DATA')
    .argParser((text) => resolve(text))

export const jsonOption = (): Option => new Option('--json', 'print JSON for scripts').default(false)

export const merchantOption = (): Option => new Option('--merchant <id>', 'whose').default(OWNER.merchantId)

export type CommonOptions = { readonly data: string; readonly json: boolean }

/** Of the simulator. */
export const seedOption = (): Option =>
  new Option('--seed <n>', 'one seed tells one history')
    .default(1)
    .env('COUNTERFLOW_SEED')
    .argParser(wholeNumber(0, 4_294_967_295))

export const wholeNumber =
  (least: number, most: number) =>
  (text: string): number => {
    const number = Number(text)
    if (/^\d+$/.test(text) && number >= least && number <= most) return number
    throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`)
  }

/** Runs a command with an engine and lets go of it, whatever happens. */
export async function withClient<T>(
  data: string,
  work: (client: Client) => Promise<T>,
  merchantId?: string,
): Promise<T> {
  const client = await connect(data, merchantId)
  try {
    // A name that nobody has would only be told to sign in.
    if (merchantId !== undefined && merchantId !== OWNER.merchantId)
      bodyOf(await client.request('GET', `/engine/merchants/${encodeURIComponent(merchantId)}`))
    return await work(client)
  } finally {
    await client.close()
  }
}

/** The body of an answer. @throws StartError in the engine's own words when it refused. */
export function bodyOf<T>({ status, body }: Reply): T {
  if (status < 300) return body as T
  const { title, problems = [] } = body as ProblemDocument
  throw new StartError(problems.length === 0 ? title : problemsText(problems))
}

/** A list whole, as its last page says. `path`: with its question, if there is one. */
export const everyPageOf = <Answer extends { readonly items: readonly unknown[]; readonly next: string | null }>(
  client: Client,
  path: string,
): Promise<Answer> =>
  everyPage(async ({ limit, next }) => {
    const page = new URLSearchParams({ limit: String(limit), ...(next !== undefined && { next }) })
    return bodyOf<Answer>(await client.request('GET', `${path}${path.includes('?') ? '&' : '?'}${page}`))
  })

/** Every wrong field and why, in one line. */
export const problemsText = (problems: readonly Problem[]): string =>
  problems.map(({ field, message }) => (field === '' ? message : `${field}: ${message}`)).join('; ')

/** Prints for a script or for a person. */
export function print(json: boolean, value: object, lines: readonly string[]): void {
  console.log(json ? JSON.stringify(value) : lines.join('\n'))
}

/** Columns side by side, numbers to the right. */
export function table(rows: readonly (readonly (string | number)[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => String(row[i]).length)))
  return rows.map((row) =>
    row
      .map((cell, i) =>
        typeof cell === 'number' ? String(cell).padStart(widths[i]!) : String(cell).padEnd(widths[i]!),
      )
      .join('  ')
      .trimEnd(),
  )
}
