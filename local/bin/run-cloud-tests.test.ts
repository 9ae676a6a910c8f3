import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'

const KEEP_LOGS = join(import.meta.dirname, '../../test/cloud/keep-logs.ts')
const LINES = Array.from({ length: 300 }, (_, n) => `line ${n}`)
const PAGE = 100

/** In the place of an emulator: one group of so many lines, in pages, and one that has none. */
const logs = createServer(async (request, response) => {
  let said = ''
  for await (const chunk of request) said += chunk
  const { logGroupName, nextToken = '0' } = JSON.parse(said)
  const from = Number(nextToken)
  const lines = logGroupName === '/aws/lambda/door' ? LINES : []
  const answer = String(request.headers['x-amz-target']).endsWith('.DescribeLogGroups')
    ? { logGroups: [{ logGroupName: '/aws/lambda/door' }, { logGroupName: 'api' }] }
    : {
        events: lines.slice(from, from + PAGE).map((message) => ({ message })),
        ...(from + PAGE < lines.length && { nextToken: String(from + PAGE) }),
      }
  response.end(JSON.stringify(answer))
})

test('of a failed run every line is kept: the emulator’s own, and of each function', async () => {
  await new Promise<void>((done) => logs.listen(0, '127.0.0.1', done))
  const folder = mkdtempSync(join(tmpdir(), 'counterflow-logs-'))
  onTestFinished(() => {
    logs.close()
    rmSync(folder, { recursive: true })
  })
  const log = join(folder, 'emulator.log')
  writeFileSync(log, LINES.join('\n'))
  const kept = join(folder, 'kept')
  const endpoint = `http://127.0.0.1:${(logs.address() as AddressInfo).port}`
  const env = { ...process.env, AWS_ENDPOINT_URL: endpoint, AWS_REGION: 'us-east-1' }
  await promisify(execFile)(process.execPath, [KEEP_LOGS, kept, log, join(folder, 'outputs.json')], { env })
  expect(readdirSync(kept).sort()).toEqual(['emulator.log', 'functions'])
  expect(readFileSync(join(kept, 'emulator.log'), 'utf8')).toBe(LINES.join('\n'))
  expect(readdirSync(join(kept, 'functions')).sort()).toEqual(['aws-lambda-door.log'])
  expect(readFileSync(join(kept, 'functions', 'aws-lambda-door.log'), 'utf8')).toBe(`${LINES.join('\n')}\n`)
})
