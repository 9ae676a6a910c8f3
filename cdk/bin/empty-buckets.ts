/** Empties the buckets of a stage, old versions too, so that they can go with their stacks: `empty-buckets.ts STAGE`. */
import { DeleteObjectsCommand, ListObjectVersionsCommand, S3Client } from '@aws-sdk/client-s3'
import { readConfig } from '../config.ts'
import { outputsOf } from './stack-outputs.ts'

const { stage, retain } = readConfig({ env: process.argv[2] })
const outputs = await outputsOf(stage)
// What is retained stays as it is; the dashboard's files can be made again.
const buckets = [outputs.DashboardBucket, ...(retain ? [] : [outputs.BucketName])]
const client = new S3Client()
for (const Bucket of buckets.filter((name) => name !== undefined)) await empty(Bucket)

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
