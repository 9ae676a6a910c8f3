/** Names of the warehouse's objects: `warehouse/<table>/merchant=<m>/[day=<d>/]version=<v>/`, which engines read as partitions. */
import { nameOfId } from '#core/object-name.ts'

const WAREHOUSE = 'warehouse/'

/** All that a table has of a merchant. */
export const merchantFolder = (table: string, merchantId: string): string =>
  `${WAREHOUSE}${table}/merchant=${nameOfId(merchantId)}/`

/** The folder of one version of one part. `day`: YYYY-MM-DD, absent for a table that is one part. */
export const partFolder = (table: string, merchantId: string, day: string | undefined, version: string): string =>
  `${merchantFolder(table, merchantId)}${day === undefined ? '' : `day=${day}/`}version=${version}/`

/** The object that says which versions are the merchant's warehouse. */
export const publishedObject = (merchantId: string): string =>
  `${WAREHOUSE}published/merchant=${nameOfId(merchantId)}.json`

/** Where the objects lie that say what the merchant's warehouse will be: of nights whose checks are asked. */
export const draftsFolder = (merchantId: string): string => `${WAREHOUSE}drafts/merchant=${nameOfId(merchantId)}/`
export const draftObject = (merchantId: string, version: string): string => `${draftsFolder(merchantId)}${version}.json`

/** Rows that come with the program, by what they are. */
export const givenFolder = (name: string, version: string): string => `${WAREHOUSE}given/${name}/version=${version}/`
