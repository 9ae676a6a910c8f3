/** What `npm run deploy` ends with works: the dashboard is there, a link lets the owner in, and each curl is answered. */
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { HeadObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3'
import { beforeAll, expect, test } from 'vitest'
import { outputsOfDeployment } from './cloud-engine.ts'

const RUN_CDK = join(import.meta.dirname, '../../local/bin/run-cdk.mjs')
const STATUS_ALONE = "-sS -o /dev/null -w '%{http_code}'"
const outputs = outputsOfDeployment()
const run = promisify(execFile)
let said: string

beforeAll(async () => {
  // A second time, with nothing changed.
  const { stdout } = await run(process.execPath, [RUN_CDK, 'deploy', '--emulator', process.env.COUNTERFLOW_EMULATOR!])
  said = stdout
})

test('it says where everything is, and every curl that it prints is answered', async () => {
  for (const name of ['DashboardUrl', 'ApiUrl', 'SocketUrl']) expect(said).toContain(` ${outputs[name]}\n`)
  const curls = [...said.matchAll(/^ {2}(curl .+)$/gm)].map(([, curl]) => curl!)
  expect(curls.map((curl) => curl.match(/\/(\w+)'$/)?.[1])).toEqual(['healthz', 'metrics'])
  for (const curl of curls) expect((await run('sh', ['-c', `${curl} ${STATUS_ALONE}`])).stdout).toBe('200')
})

test('its link lets the owner in, once', async () => {
  const [link] = said.match(/http\S+\/sign-in\?code=\S+/)!
  const follow = () => fetch(link, { redirect: 'manual' })
  const entered = await follow()
  expect([entered.status, entered.headers.get('location')]).toEqual([303, '/app/'])
  const cookie = entered.headers.getSetCookie()[0]!.split(';')[0]!
  expect((await fetch(`${outputs.ApiUrl}/audit`, { headers: { cookie } })).status).toBe(200)
  expect((await follow()).status).toBe(401)
})

test('files with a hash in their name are kept for ever, the page is asked for again', async () => {
  const s3 = new S3Client()
  const Bucket = outputs.DashboardBucket!
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket }))
  const names = Contents.map(({ Key }) => Key!)
  const headOf = async (Key: string) => {
    const { CacheControl, ContentType } = await s3.send(new HeadObjectCommand({ Bucket, Key }))
    return [CacheControl, ContentType]
  }
  expect(await headOf('app/index.html')).toEqual(['no-cache', 'text/html; charset=utf-8'])
  const scripts = names.filter((name) => /^app\/assets\/.+\.js$/.test(name))
  expect(scripts.length).toBeGreaterThan(0)
  for (const name of scripts)
    expect(await headOf(name)).toEqual(['public, max-age=31536000, immutable', 'text/javascript; charset=utf-8'])
})
