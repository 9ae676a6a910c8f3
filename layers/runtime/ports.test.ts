import type { Context } from 'aws-lambda'
import { expect, test } from 'vitest'
import { portsInTest } from '#test/fakes/ports-in-test.ts'
import { contextWith, portsOf, providePorts } from './ports.ts'

test('a host’s ports come first; provided ones are made once, when they are needed', () => {
  const bare = {} as Context
  expect(() => portsOf(bare)).toThrow('functions/on-aws.ts')
  let times = 0
  const ports = portsInTest()
  providePorts(() => {
    times++
    return ports
  })
  const hosted = portsInTest()
  expect(portsOf(contextWith(hosted, 'f'))).toBe(hosted)
  expect(times).toBe(0)
  expect([portsOf(bare), portsOf(bare)]).toEqual([ports, ports])
  expect(times).toBe(1)
})
