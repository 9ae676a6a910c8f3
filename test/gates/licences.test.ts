import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ALLOWED, EXCEPTIONS, type Lock, staleExceptions, wrongLicences } from './licences.ts'

const lock = JSON.parse(readFileSync(join(import.meta.dirname, '../../package-lock.json'), 'utf8')) as Lock
const of = (license: string | undefined, dev = false): Lock => ({
  packages: {
    '': { license: 'GPL-3.0-only' },
    'node_modules/a/node_modules/planted': { ...(license !== undefined && { license }), dev },
  },
})

describe('the licences of all packages', () => {
  test('are ones that may be there', () => {
    expect(Object.keys(lock.packages).length).toBeGreaterThan(100)
    expect(wrongLicences(lock)).toEqual([])
  })

  test('each has its reason, and no exception is left over', () => {
    for (const { reason } of [...Object.values(ALLOWED), ...Object.values(EXCEPTIONS)])
      expect(reason.length).toBeGreaterThan(10)
    expect(staleExceptions(lock)).toEqual([])
    expect(staleExceptions({ packages: {} })).toEqual(Object.keys(EXCEPTIONS))
  })
})

describe('a planted licence', () => {
  test.each([
    ['GPL-3.0-only'],
    ['AGPL-3.0-or-later'],
    ['SSPL-1.0'],
    ['SEE LICENSE IN LICENSE.md'],
    ['UNLICENSED'],
    ['MIT AND GPL-2.0-only'],
    ['(MIT OR Apache-2.0) AND GPL-2.0-only'],
    ['(MIT'],
    ['MIT MIT'],
    [''],
    ['MPL-2.0'],
    ['OFL-1.1'],
  ])('%s is found in the product', (license) => {
    expect(wrongLicences(of(license))).toEqual([`planted has ${license}, in the product`])
  })

  test('that is not said is found', () => expect(wrongLicences(of(undefined))).toEqual(['planted says no licence']))

  test.each([['MIT'], ['GPL-3.0-only OR MIT'], ['(MIT OR CC0-1.0)'], ['MIT AND (GPL-2.0-only OR ISC)']])(
    '%s may be in the product',
    (license) => expect(wrongLicences(of(license))).toEqual([]),
  )

  test('of tools may be one that the product may not have', () => {
    expect(wrongLicences(of('MPL-2.0', true))).toEqual([])
    expect(wrongLicences(of('GPL-3.0-only', true))).toEqual(['planted has GPL-3.0-only'])
  })
})
