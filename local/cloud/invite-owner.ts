/**
 * After a deployment: a link that lets its first owner in, and a curl that works. `invite-owner.ts OUTPUTS`, a file with the
 * outputs of the stacks as JSON. Whoever may deploy can read the deployment's secrets, and is its owner.
 */
import { readFileSync } from 'node:fs'
import { awsPorts } from '#adapters/aws/aws-ports.ts'
import { readEnv } from '#runtime/env.ts'
import { signStandardWebhooks } from '#runtime/proofs.ts'
import { OWNER } from '../owner.ts'

const [path = ''] = process.argv.slice(2)
const outputs = JSON.parse(readFileSync(path, 'utf8')) as Readonly<Record<string, string>>
const settings = readEnv({
  ...process.env,
  TABLE_NAME: outputs.TableName,
  STREAM_NAME: outputs.StreamName,
  // Nothing is appended from here.
  LOGICAL_SHARDS: '1',
  BUCKET_NAME: outputs.BucketName,
  SECRET_PREFIX: outputs.SecretPrefix,
  WS_CALLBACK_URL: outputs.ApiUrl,
  STAGE: 'deploy',
})
const { identity } = awsPorts({ settings, sign: signStandardWebhooks, log: console.error })
const code = await identity.issueCode('sign-in', { merchantId: OWNER.merchantId, subject: OWNER.subject })
const token = await identity.issueForMachine(OWNER)
// An emulator has no name for the site: there the API answers by itself.
const site = process.env.AWS_ENDPOINT_URL === undefined ? new URL(outputs.DashboardUrl!).origin : outputs.ApiUrl!
console.log(
  [
    `The owner gets in, within 15 minutes and once, at ${site}/sign-in?code=${code}`,
    'Try it (the token is the owner’s, for 12 hours):',
    `  curl -H 'authorization: Bearer ${token}' '${outputs.ApiUrl}/metrics'`,
  ].join('\n'),
)
