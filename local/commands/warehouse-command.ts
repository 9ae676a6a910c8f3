/** `counterflow warehouse views`: the warehouse for whoever has DuckDB. It needs no engine. */
import type { Command } from 'commander'
import { FolderObjectStore } from '#adapters/embedded/folder-object-store.ts'
import { publishedViews } from '#core/lake/published-views.ts'
import { readPublished } from '#runtime/published-warehouse.ts'
import { openDataFolder } from '../data-folder.ts'
import { StartError } from '../start-error.ts'
import { type CommonOptions, dataOption, jsonOption, merchantOption, print } from './command-line.ts'

type ViewsOptions = CommonOptions & { readonly merchant: string }

export function addWarehouseCommand(program: Command): void {
  program
    .command('warehouse')
    .description('the tables that nights have made')
    .command('views')
    .description('print them as SQL for DuckDB, one view a table')
    .addOption(merchantOption())
    .addOption(dataOption())
    .addOption(jsonOption())
    .action(views)
}

async function views({ data, json, merchant }: ViewsOptions): Promise<void> {
  const { objects } = openDataFolder(data)
  const published = await readPublished(new FolderObjectStore(objects), merchant)
  if (published.number === 0)
    throw new StartError(`${merchant} has no warehouse yet: make it with \`counterflow run nightly\``)
  const sql = publishedViews(published, objects)
  print(json, { merchant, number: published.number, sql }, [sql.trimEnd()])
}
