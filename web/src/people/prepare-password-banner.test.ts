import { expect, test } from 'vitest'
import { isAskedForPassword } from './prepare-password-banner.ts'

test.each([
  ['an owner without one', { role: 'owner', hasPassword: false }, 0, true],
  ['an owner who put it off', { role: 'owner', hasPassword: false }, 1001, false],
  ['an owner whose putting off is over', { role: 'owner', hasPassword: false }, 1000, true],
  ['an owner with one', { role: 'owner', hasPassword: true }, 0, false],
  ['somebody else', { role: 'analyst', hasPassword: false }, 0, false],
] as const)('%s is asked for a password: %#', (_who, account, askAgainAt, asked) => {
  expect(isAskedForPassword(account, askAgainAt, 1000)).toBe(asked)
})
