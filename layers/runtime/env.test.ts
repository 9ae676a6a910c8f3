import { expect, test } from 'vitest'
import { EnvError, readEnv } from './env.ts'

const GIVEN = {
  TABLE_NAME: 't',
  STREAM_NAME: 's',
  LOGICAL_SHARDS: '8',
  BUCKET_NAME: 'b',
  SECRET_PREFIX: 'counterflow/dev/',
  WS_CALLBACK_URL: 'https://x.execute-api.us-east-1.amazonaws.com/live',
  STAGE: 'dev',
}

test('what is given is read, and the rest is none', () => {
  expect(readEnv({ ...GIVEN, OTHER: 'x' })).toEqual({
    ...GIVEN,
    LOGICAL_SHARDS: 8,
    USER_POOL_ID: '',
    USER_POOL_CLIENT_ID: '',
    MAIL_FROM: '',
    TIMESTREAM_DATABASE: '',
    TIMESTREAM_TABLE: '',
    CHAINS_PREFIX: '',
    ATHENA_WORKGROUP: '',
    ATHENA_DATABASE: '',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: 128,
    AWS_ENDPOINT_URL: '',
  })
})

test.each<[string, string | undefined]>([
  ['TABLE_NAME', undefined],
  ['STREAM_NAME', ''],
  ['LOGICAL_SHARDS', '0'],
  ['LOGICAL_SHARDS', '1.5'],
  ['LOGICAL_SHARDS', 'many'],
  ['WS_CALLBACK_URL', 'nowhere'],
])('%s may not be %j, and is named', (name, value) => {
  expect(() => readEnv({ ...GIVEN, [name]: value })).toThrow(EnvError)
  expect(() => readEnv({ ...GIVEN, [name]: value })).toThrow(name)
})
