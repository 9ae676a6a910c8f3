/** Names of the objects of demand's models: `models/demand/<merchant>/<version>/`. */
import { nameOfId } from '#core/object-name.ts'

const MODELS = 'models/demand/'
/** Written last: a version without it is not there. */
export const MANIFEST = 'manifest.json'

/** All versions of a merchant. */
export const modelsFolder = (merchantId: string): string => `${MODELS}${nameOfId(merchantId)}/`

/** A version is named by the first day that its training did not know: YYYY-MM-DD. */
export const isVersion = (text: string): boolean => /^\d{4}-\d\d-\d\d$/.test(text)

/** @throws RangeError for what is no version. */
export function versionFolder(merchantId: string, version: string): string {
  if (!isVersion(version)) throw new RangeError(`${JSON.stringify(version)} is no version of a model`)
  return `${modelsFolder(merchantId)}${version}/`
}

/** What is written while a panel is read, and deleted after it. `use`: whoever reads; one at a time of a merchant. */
export const scratchFolder = (merchantId: string, use: 'training' | 'predictions'): string =>
  `scratch/demand/${nameOfId(merchantId)}/${use}/`

/** The version of an object's name; undefined: it is no manifest. */
export const versionOfManifest = (merchantId: string, name: string): string | undefined => {
  const [version, file, ...rest] = name.slice(modelsFolder(merchantId).length).split('/')
  return file === MANIFEST && rest.length === 0 ? version : undefined
}
