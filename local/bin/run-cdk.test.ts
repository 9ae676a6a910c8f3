import { spawn } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'

const RUN_CDK = join(import.meta.dirname, 'run-cdk.mjs')

/** In the place of AWS: counts what it is asked, and refuses it, so that nothing comes after the first request. */
let asked = 0
const aws = createServer((_request, response) => {
  asked++
  response.writeHead(403, { 'content-type': 'text/xml' })
  response.end('<ErrorResponse><Error><Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>')
})
beforeAll(() => new Promise<void>((done) => aws.listen(0, '127.0.0.1', done)))
afterAll(() => aws.close())
beforeEach(() => {
  asked = 0
})

async function destroy(typed: string, ...options: string[]) {
  return destroyStage(['--env', 'dev', ...options], typed)
}

async function destroyStage(options: string[], typed: string) {
  const endpoint = `http://127.0.0.1:${(aws.address() as AddressInfo).port}`
  const child = spawn(process.execPath, [RUN_CDK, 'destroy', ...options], {
    env: {
      ...process.env,
      AWS_ENDPOINT_URL: endpoint,
      AWS_ENDPOINT_URL_S3: endpoint,
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_REGION: 'us-east-1',
    },
  })
  let said = ''
  child.stderr.on('data', (bytes) => {
    said += String(bytes)
  })
  child.stdin.on('error', () => {})
  child.stdin.end(typed)
  const code = await new Promise((done) => child.on('close', done))
  return { said, code }
}

test.each([['no\n'], ['\n'], ['y\n'], ['prod\n'], ['']])('%j removes nothing, and asks AWS nothing', async (typed) => {
  const { said, code } = await destroy(typed)
  expect(said).toContain('Type dev to go on')
  expect(said).toContain('nothing was removed')
  expect([code, asked]).toEqual([1, 0])
})

test('the name of the stage goes on', async () => {
  const { said } = await destroy('dev\n')
  expect(said).not.toContain('nothing was removed')
  expect(asked).toBe(1)
})

test.each(['--force', '-f'])('%s is not asked', async (flag) => {
  const { said } = await destroy('', flag)
  expect(said).not.toContain('Type dev')
  expect(asked).toBe(1)
})

test.each([[['--env', 'prod']], [['--env=prod']]])('%j names the stage', async (options) => {
  const { said, code } = await destroyStage(options, 'dev\n')
  expect(said).toContain('Type prod to go on')
  expect([code, asked]).toEqual([1, 0])
})
