/** The steps' SELECTs, as they lie in `layers/core/lake/sql`. */
import { readFile } from 'node:fs/promises'

export type SqlFiles = (name: string) => Promise<string>

/** Where a bundle has them beside itself; only there is it defined (`cdk/bundle-functions.ts`). */
declare const SQL_FOLDER: string
const FOLDER = typeof SQL_FOLDER === 'undefined' ? '../core/lake/sql/' : SQL_FOLDER

export const sqlFile: SqlFiles = (name) => readFile(new URL(`${FOLDER}${name}.sql`, import.meta.url), 'utf8')
