/** The steps' SELECTs, as they lie in `layers/core/lake/sql`. */
import { readFile } from 'node:fs/promises'

export type SqlFiles = (name: string) => Promise<string>

export const sqlFile: SqlFiles = (name) => readFile(new URL(`../core/lake/sql/${name}.sql`, import.meta.url), 'utf8')
