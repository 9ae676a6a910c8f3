import { expect, test } from 'vitest'
import { isFromThisMachine } from './demo-merchant.ts'

const HERE = '127.0.0.1'

test.each([
  [HERE, 'localhost', true],
  [HERE, 'LocalHost:4310', true],
  [HERE, '127.0.0.1:4310', true],
  ['::1', '[::1]:4310', true],
  ['::1', '[::1]', true],
  ['::ffff:127.0.0.1', '127.0.0.1', true],
  // A name of somebody else's that leads to this machine: DNS rebinding.
  [HERE, 'evil.example', false],
  [HERE, 'evil.example:4310', false],
  [HERE, 'localhost.evil.example', false],
  [HERE, '127.0.0.1.evil.example', false],
  [HERE, 'localhost:4310.evil.example', false],
  [HERE, 'localhost:4310:1', false],
  [HERE, 'localhost@evil.example', false],
  [HERE, 'evil.example#localhost', false],
  [HERE, 'localhost.', false],
  [HERE, '0.0.0.0:4310', false],
  [HERE, '192.168.0.7:4310', false],
  [HERE, '', false],
  [HERE, undefined, false],
  // Another machine, whatever it says.
  ['192.168.0.7', 'localhost:4310', false],
  ['10.0.0.1', '127.0.0.1', false],
  ['::ffff:10.0.0.1', 'localhost', false],
  ['127.0.0.1.evil.example', 'localhost', false],
  ['', 'localhost', false],
])('from %s for %s: %s', (sourceIp, host, isOurs) => {
  expect(isFromThisMachine(sourceIp, host)).toBe(isOurs)
})
