/** What is published, as views that DuckDB reads anywhere: folders of versions hold more than what counts. */
import { foldersOf, type Published } from './published.ts'
import { WAREHOUSE_TABLES } from './warehouse-tables.ts'

/**
 * One `create or replace view` a table of the merchant's warehouse. `root`: where the objects lie, as DuckDB names it: a folder
 * or `s3://bucket`. A view stays with the night that it was made of; a day later its files may be gone.
 */
export function publishedViews(published: Published, root: string): string {
  const statements = WAREHOUSE_TABLES.flatMap(({ name }) => {
    const files = foldersOf(published, name).map((folder) => `  ${literal(`${root}/${folder}*.parquet`)}`)
    if (files.length === 0) return []
    const read = `read_parquet([\n${files.join(',\n')}\n], union_by_name = true, hive_partitioning = false)`
    return [`create or replace view ${name} as select * from ${read};\n`]
  })
  return statements.join('\n')
}

const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`
