import { S3Client } from '@aws-sdk/client-s3'
import { expect, test } from 'vitest'
import { S3ObjectStore } from './s3-object-store.ts'

const credentials = { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'secret', sessionToken: 'session' }
const store = new S3ObjectStore(new S3Client({ region: 'eu-west-1', credentials }), 'bucket')

test('a link is for one object, for so long, with its type and name', async () => {
  const link = await store.link('exports/hour=2026-03-02T10/tag/part-0.parquet', {
    type: 'application/vnd.apache.parquet',
    fileName: 'fact_sales.parquet',
    seconds: 300,
  })
  const { hostname, pathname, searchParams } = new URL(link)
  expect([hostname, decodeURIComponent(pathname)]).toEqual([
    'bucket.s3.eu-west-1.amazonaws.com',
    '/exports/hour=2026-03-02T10/tag/part-0.parquet',
  ])
  expect(Object.fromEntries(searchParams)).toMatchObject({
    'X-Amz-Expires': '300',
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Security-Token': 'session',
    'X-Amz-Signature': expect.stringMatching(/^[0-9a-f]{64}$/),
    'response-content-type': 'application/vnd.apache.parquet',
    'response-content-disposition': 'attachment; filename="fact_sales.parquet"',
  })
  expect(link).not.toContain('secret&')
})
