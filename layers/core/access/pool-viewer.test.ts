import { expect, test } from 'vitest'
import { poolViewer } from './pool-viewer.ts'

const CLAIMS = {
  sub: 'u-1',
  token_use: 'id',
  'cognito:groups': ['analyst'],
  'custom:merchantId': 'm',
}
const ANALYST = { merchantId: 'm', subject: 'u-1', role: 'analyst' }

test.each<[string, object, object | undefined]>([
  ['a group is a role', {}, ANALYST],
  [
    'of several the first of ours counts',
    { 'cognito:groups': ['others', 'integrator', 'executive'] },
    { ...ANALYST, role: 'executive' },
  ],
  ['stores are limits', { 'custom:stores': 's1, s2,' }, { ...ANALYST, stores: ['s1', 's2'] }],
  ['no store is none', { 'custom:stores': '' }, { ...ANALYST, stores: [] }],
  [
    'a store manager has the stores that are named',
    { 'cognito:groups': ['store-manager'] },
    { ...ANALYST, role: 'store-manager', stores: [] },
  ],
  ['no group is nobody', { 'cognito:groups': undefined }, undefined],
  ['a group of theirs is nobody', { 'cognito:groups': ['Owner', 'admin', '__proto__'] }, undefined],
  ['no merchant is nobody', { 'custom:merchantId': '' }, undefined],
  ['an access token says too little', { token_use: 'access' }, undefined],
  ['groups in a text are none', { 'cognito:groups': '[owner]' }, undefined],
])('%s', (_what, more, expected) => {
  expect(poolViewer({ ...CLAIMS, ...more })).toEqual(expected)
})

test.each([undefined, null, '', [], {}])('%j says nobody', (said) => expect(poolViewer(said)).toBeUndefined())
