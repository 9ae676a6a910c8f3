/** Names of the warehouse's objects: `warehouse/<table>/merchant=<m>/[day=<d>/]version=<v>/`, which engines read as partitions. */
const WAREHOUSE = 'warehouse/'

/** All that a table has of a merchant. */
export const merchantFolder = (table: string, merchantId: string): string =>
  `${WAREHOUSE}${table}/merchant=${inName(merchantId)}/`

/** The folder of one version of one part. `day`: YYYY-MM-DD, absent for a table that is one part. */
export const partFolder = (table: string, merchantId: string, day: string | undefined, version: string): string =>
  `${merchantFolder(table, merchantId)}${day === undefined ? '' : `day=${day}/`}version=${version}/`

/** The object that says which versions are the merchant's warehouse. */
export const publishedObject = (merchantId: string): string =>
  `${WAREHOUSE}published/merchant=${inName(merchantId)}.json`

/** Rows that come with the program, by what they are. */
export const givenFolder = (name: string, version: string): string => `${WAREHOUSE}given/${name}/version=${version}/`

/** @throws RangeError where a name cannot hold it as it is. */
export function checkVersion(version: string): void {
  if (!/^[A-Za-z0-9-]+$/.test(version)) throw new RangeError(`${JSON.stringify(version)} is no name of a version`)
}

/** Ids may hold whatever is printed, names of objects may not: other bytes become `_` and two hex digits. */
function inName(id: string): string {
  let name = ''
  for (const byte of new TextEncoder().encode(id)) {
    const character = String.fromCharCode(byte)
    name += /[A-Za-z0-9-]/.test(character) ? character : `_${byte.toString(16).padStart(2, '0')}`
  }
  return name
}
