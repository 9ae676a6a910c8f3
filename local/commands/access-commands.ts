/** Commands that let people and programs in. */
import type { Command } from 'commander'
import { StartError } from '../start-error.ts'
import {
  bodyOf,
  type CommonOptions,
  dataOption,
  jsonOption,
  merchantOption,
  print,
  withClient,
} from './command-line.ts'

export function addAccessCommands(program: Command): void {
  program
    .command('token')
    .description('tokens for scripts')
    .command('create')
    .description('make a bearer token; it is shown this once')
    .addOption(merchantOption())
    .addOption(dataOption())
    .addOption(jsonOption())
    .action(createToken)
  program
    .command('link')
    .description('a new sign-in link for a browser')
    .addOption(dataOption())
    .addOption(jsonOption())
    .action(printLink)
}

async function createToken({ data, json, merchant }: CommonOptions & { readonly merchant: string }): Promise<void> {
  await withClient(
    data,
    async (client) => {
      const { token } = bodyOf<{ token: string }>(await client.request('POST', '/tokens'))
      print(json, { token }, [token])
    },
    merchant,
  )
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
