/** Empties the buckets of a stage, old versions too, so that they can go with their stacks: `empty-buckets.ts STAGE`. */
import { DeleteObjectsCommand, paginateListObjectVersions, S3Client } from '@aws-sdk/client-s3'
import { readConfig } from '../config.ts'
import { outputsOf } from './stack-outputs.ts'

const { stage, retain } = readConfig({ env: process.argv[2] })
const outputs = await outputsOf(stage)
// What is retained stays as it is; the dashboard's files can be made again.
const buckets = [outputs.DashboardBucket, ...(retain ? [] : [outputs.BucketName])]
const client = new S3Client()
for (const Bucket of buckets.filter((name) => name !== undefined)) {
  for await (const { Versions = [], DeleteMarkers = [] } of paginateListObjectVersions({ client }, { Bucket })) {
    const Objects = [...Versions, ...DeleteMarkers].map(({ Key, VersionId }) => ({ Key, VersionId }))
    if (Objects.length > 0) await client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }))
  }
}
