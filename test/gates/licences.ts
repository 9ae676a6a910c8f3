/** Licences of packages: which may come into the product, which into its making alone, and why. SPDX identifiers (https://spdx.org/licenses). */

type Use = 'product' | 'development'
type Allowed = { readonly use: Use; readonly reason: string }

const PERMISSIVE: Allowed = { use: 'product', reason: 'it asks for its notice to be kept, and for nothing else' }
const PUBLIC: Allowed = { use: 'product', reason: 'it asks for nothing' }

export const ALLOWED: Readonly<Record<string, Allowed>> = {
  MIT: PERMISSIVE,
  ISC: PERMISSIVE,
  'BSD-2-Clause': PERMISSIVE,
  'BSD-3-Clause': PERMISSIVE,
  'Apache-2.0': PERMISSIVE,
  'BlueOak-1.0.0': PERMISSIVE,
  '0BSD': PUBLIC,
  'MIT-0': PUBLIC,
  'CC0-1.0': PUBLIC,
  Unlicense: PUBLIC,
  'Python-2.0': { use: 'development', reason: 'permissive; argparse, which reads arguments of tools' },
  'MPL-2.0': { use: 'development', reason: 'its changed files must be published; we change none and ship none' },
}

/** Packages that no list could allow for every package. */
export const EXCEPTIONS: Readonly<Record<string, { readonly licence: string; readonly reason: string }>> = {
  '@fontsource-variable/inter': {
    licence: 'OFL-1.1',
    reason: 'a font: it may be shipped with any program, and not sold by itself',
  },
}

/** `package-lock.json`, as far as it is read. */
export type Lock = {
  readonly packages: Readonly<
    Record<string, { readonly license?: string; readonly dev?: boolean; readonly link?: boolean }>
  >
}

/** What may not be there, a sentence each. */
export function wrongLicences({ packages }: Lock): string[] {
  return Object.entries(packages).flatMap(([path, { license, dev, link }]) => {
    if (path === '' || link) return []
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)
    if (license === undefined) return [`${name} says no licence`]
    if (EXCEPTIONS[name]?.licence === license) return []
    return isAllowed(license, dev === true) ? [] : [`${name} has ${license}${dev ? '' : ', in the product'}`]
  })
}

/** Exceptions for packages that are not there, or that have another licence now. */
export const staleExceptions = ({ packages }: Lock): string[] =>
  Object.entries(EXCEPTIONS).flatMap(([name, { licence }]) =>
    packages[`node_modules/${name}`]?.license === licence ? [] : [name],
  )

/** An expression of SPDX: of alternatives one is enough, of what is joined all are needed. */
function isAllowed(expression: string, isDevelopment: boolean): boolean {
  const tokens = expression.match(/\(|\)|[^\s()]+/g) ?? []
  let at = 0
  const alternatives = (): boolean => {
    let isOne = joined()
    while (tokens[at] === 'OR') {
      at++
      isOne = joined() || isOne
    }
    return isOne
  }
  const joined = (): boolean => {
    let areAll = one()
    while (tokens[at] === 'AND') {
      at++
      areAll = one() && areAll
    }
    return areAll
  }
  const one = (): boolean => {
    const token = tokens[at++]
    if (token !== '(') return token !== undefined && mayBeUsed(ALLOWED[token], isDevelopment)
    const inner = alternatives()
    return tokens[at++] === ')' && inner
  }
  const isGood = alternatives()
  return isGood && at === tokens.length
}

const mayBeUsed = (allowed: Allowed | undefined, isDevelopment: boolean): boolean =>
  allowed !== undefined && (isDevelopment || allowed.use === 'product')
