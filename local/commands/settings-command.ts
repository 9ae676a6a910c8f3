import type { Command } from 'commander'
import type { SettingsAnswer } from '#core/api/settings.ts'
import { bodyOf, type CommonOptions, dataOption, jsonOption, print, table, withClient } from './command-line.ts'

type SetOptions = CommonOptions & { readonly category?: string; readonly product?: string }

export function addSettingsCommand(program: Command): void {
  const settings = program.command('settings').description('how figures and alerts are made')
  settings.command('show').description('show them').addOption(dataOption()).addOption(jsonOption()).action(show)
  settings
    .command('set <name> [value]')
    .description('change one from now on; without a value it goes back to its default')
    .option('--category <category>', 'for one category alone')
    .option('--product <id>', 'for one product alone')
    .addOption(dataOption())
    .addOption(jsonOption())
    .action(set)
}

async function show({ data, json }: CommonOptions): Promise<void> {
  await withClient(data, async (client) => {
    const answer = bodyOf<SettingsAnswer>(await client.request('GET', '/settings'))
    const rows = answer.settings.map(({ name, value, changed, about }) => [
      name,
      String(value),
      changed ? 'changed' : '',
      about,
    ])
    print(json, answer, table(rows))
  })
}

async function set(
  name: string,
  text: string | undefined,
  { data, json, category, product }: SetOptions,
): Promise<void> {
  await withClient(data, async (client) => {
    const value = text === undefined ? undefined : settingValue(text)
    const change = {
      name,
      ...(value !== undefined && { value }),
      ...(category !== undefined && { category }),
      ...(product !== undefined && { productId: product }),
    }
    const taken = bodyOf<object>(await client.request('POST', '/settings', change))
    print(json, taken, [
      `${name} is ${text === undefined ? 'at its default' : text === '' ? 'empty' : text} from now on.`,
    ])
  })
}

/** A word is a number or a truth value if it looks like one. */
function settingValue(text: string): string | number | boolean {
  if (text === 'true' || text === 'false') return text === 'true'
  return text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text
}
