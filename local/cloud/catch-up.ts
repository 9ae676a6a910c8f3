/**
 * After the table of a deployment was restored from an earlier moment: applies what the stream has since, and counts its
 * records anew. `catch-up.ts OUTPUTS`, a file with the outputs of the stacks as JSON. Every function must be
 * closed meanwhile, and begin anew afterwards (docs/runbook/table-lost.md).
 */
import { readFileSync } from 'node:fs'
import { awsPorts } from '#adapters/aws/aws-ports.ts'
import { catchUp } from '#runtime/catch-up.ts'
import { readEnv } from '#runtime/env.ts'
import { signStandardWebhooks } from '#runtime/proofs.ts'

/** One read may pass over a whole stream of other shards' records. */
const READ_MS = 10 * 60_000

const [path = ''] = process.argv.slice(2)
const outputs = JSON.parse(readFileSync(path, 'utf8')) as Readonly<Record<string, string>>
const settings = readEnv({
  ...process.env,
  TABLE_NAME: outputs.TableName,
  STREAM_NAME: outputs.StreamName,
  LOGICAL_SHARDS: outputs.LogicalShards,
  BUCKET_NAME: outputs.BucketName,
  SECRET_PREFIX: outputs.SecretPrefix,
  WS_CALLBACK_URL: outputs.ApiUrl,
  STAGE: 'catch-up',
})
const ports = awsPorts({ settings, sign: signStandardWebhooks, log: console.error, patienceMs: READ_MS })
const shards = await catchUp(ports)
const { arrived } = await ports.log.afterRestore(shards.map(({ appended }) => appended))
for (const { shard, applied, appended } of shards)
  console.log(`shard ${shard}: ${applied} records applied, of ${appended} in all`)
console.log(`${arrived} documents that were on their way are in the stream by now`)
