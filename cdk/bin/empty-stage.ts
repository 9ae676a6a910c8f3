/**
 * Deletes what stacks cannot take with them when they go: what is in their buckets, old versions too, and secrets that the
 * program made for connections and people. `empty-stage.ts STAGE`
 */
import { DeleteObjectsCommand, ListObjectVersionsCommand, S3Client } from '@aws-sdk/client-s3'
import { DeleteSecretCommand, paginateListSecrets, SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { readConfig } from '../config.ts'
import { outputsOf } from './stack-outputs.ts'

const { stage, retain } = readConfig({ env: process.argv[2] })
const outputs = await outputsOf(stage)
// What is retained stays as it is; the dashboard's files can be made again.
const buckets = [outputs.DashboardBucket, ...(retain ? [] : [outputs.BucketName])]
const client = new S3Client()
for (const Bucket of buckets.filter((name) => name !== undefined)) await empty(Bucket)
if (!retain && outputs.SecretPrefix !== undefined) await deleteSecrets(outputs.SecretPrefix)

/** A page of versions at a time is deleted: the next page is the first one then. */
async function empty(Bucket: string): Promise<void> {
  for (;;) {
    const { Versions = [], DeleteMarkers = [] } = await client.send(new ListObjectVersionsCommand({ Bucket }))
    const Objects = [...Versions, ...DeleteMarkers].map(({ Key, VersionId }) => ({ Key, VersionId }))
    if (Objects.length === 0) return
    const { Errors = [] } = await client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true } }))
    if (Errors.length > 0) throw new Error(`${Bucket} could not be emptied: ${Errors[0]?.Message}`)
  }
}

/** Those of the stacks go with them: the functions that still run need them. */
async function deleteSecrets(prefix: string): Promise<void> {
  const secrets = new SecretsManagerClient()
  const Filters = [{ Key: 'name' as const, Values: [prefix] }]
  const made: string[] = []
  for await (const { SecretList = [] } of paginateListSecrets({ client: secrets }, { Filters }))
    for (const { ARN, Tags = [] } of SecretList)
      if (!Tags.some(({ Key }) => Key === 'aws:cloudformation:stack-name')) made.push(ARN!)
  for (const SecretId of made)
    await secrets.send(new DeleteSecretCommand({ SecretId, ForceDeleteWithoutRecovery: true }))
}
