import { expect, test } from 'vitest'
import { ConfigError, readConfig } from './config.ts'

const GOOD = { retain: false, stream: { shards: 1 } }
const read = (stage: object) => () => readConfig({ env: 'shop' }, { shop: { ...GOOD, ...stage } }, {})

test.each([
  [{ account: '12' }, 'shop.account: must be twelve digits'],
  [{ region: 'mars' }, 'shop.region: must be a region, like `eu-central-1`'],
  [{ alarmAddress: 'nobody' }, 'shop.alarmAddress: '],
  [{ logDays: 8 }, 'shop.logDays: '],
  [{ logicalShards: 0 }, 'shop.logicalShards: '],
  [{ stream: { shards: 0 } }, 'shop.stream'],
  [{ stream: 'sometimes' }, 'shop.stream'],
  [{ streamHours: 23 }, 'shop.streamHours: '],
  [{ domain: { name: 'shop.example', certificateArn: 'arn:aws:acm:eu-west-1:1:c' } }, 'shop.domain.certificateArn: '],
  [{ colour: 'red' }, 'shop: '],
  [{ budgetUsd: 100 }, 'shop.budgetUsd: nobody would hear of it: name an `alarmAddress` too'],
])('%o is refused, and the field is named', (stage, said) => {
  expect(read(stage)).toThrow(ConfigError)
  expect(read(stage)).toThrow(said)
})

test('stages and emulators that are not there are named with those that are', () => {
  expect(() => readConfig({ env: 'moon' })).toThrow('env: there is no stage moon in cdk/config.ts, only dev, prod')
  expect(() => readConfig({ emulator: 'moto' })).toThrow('emulator: moto is not known, only ministack, localstack')
  expect(() => readConfig({ env: 'Two-Words' }, { 'Two-Words': GOOD })).toThrow('up to 12 small letters and digits')
})

test('a database of Timestream is named or not', () => {
  expect(readConfig({ timestream: 'shop_windows' }).timestream).toBe('shop_windows')
  expect(readConfig({})).not.toHaveProperty('timestream')
  expect(() => readConfig({ timestream: 'no such name' })).toThrow('timestream: no such name is no name of a database')
})

test('a demo sells where the stage or whoever deploys says so, and on an emulator only if asked', () => {
  expect(readConfig({ env: 'dev' }).demo).toBe(true)
  expect(readConfig({ env: 'prod' }).demo).toBe(false)
  expect(readConfig({ env: 'prod', demo: 'true' }).demo).toBe(true)
  expect(readConfig({ env: 'dev', demo: 'false' }).demo).toBe(false)
  expect(readConfig({ env: 'dev', emulator: 'ministack' }).demo).toBe(false)
  expect(readConfig({ env: 'dev', emulator: 'ministack', demo: 'true' }).demo).toBe(true)
  expect(() => readConfig({ demo: 'maybe' })).toThrow('demo: must be true or false, not maybe')
})

test('the stages that are declared are good, and need no account', () => {
  for (const env of ['dev', 'prod']) expect(readConfig({ env })).toMatchObject({ stage: env, region: 'us-east-1' })
  expect(readConfig({}).account).toBeUndefined()
})

test('on an emulator nothing is retained, and sockets are called back where it listens', () => {
  const config = readConfig({ env: 'prod', emulator: 'ministack' }, undefined, {
    AWS_ENDPOINT_URL: 'http://127.0.0.1:4',
  })
  expect(config).toMatchObject({ retain: false, account: '000000000000' })
  expect(config.emulator).toMatchObject({
    lacks: ['budget', 'canary', 'concurrency-path', 'operations', 'timestream'],
    callbackUrl: 'http://127.0.0.1:4/_aws/execute-api',
  })
})
