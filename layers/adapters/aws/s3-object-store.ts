import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import { checkObjectName } from '#core/object-name.ts'
import type { ObjectStore } from '#core/ports.ts'

/** Objects of one bucket. S3 shows a put whole and at once to whoever reads or lists after it. */
export class S3ObjectStore implements ObjectStore {
  private readonly client: S3Client
  private readonly bucket: string

  constructor(client: S3Client, bucket: string) {
    this.client = client
    this.bucket = bucket
  }

  async put(name: string, bytes: Uint8Array): Promise<void> {
    checkObjectName(name)
    await this.client.send(new PutObjectCommand({ Bucket: this.bucket, Key: name, Body: bytes }))
  }

  async get(name: string): Promise<Uint8Array | undefined> {
    checkObjectName(name)
    try {
      const { Body } = await this.client.send(new GetObjectCommand({ Bucket: this.bucket, Key: name }))
      return await Body!.transformToByteArray()
    } catch (error) {
      if ((error as Error).name === 'NoSuchKey') return undefined
      throw error
    }
  }

  /** Within S3: nothing passes through this program. False: there is no such object. */
  async copy(from: string, to: string): Promise<boolean> {
    checkObjectName(from)
    checkObjectName(to)
    const source = `${this.bucket}/${from.split('/').map(encodeURIComponent).join('/')}`
    try {
      await this.client.send(new CopyObjectCommand({ Bucket: this.bucket, Key: to, CopySource: source }))
      return true
    } catch (error) {
      if ((error as Error).name === 'NoSuchKey') return false
      throw error
    }
  }

  /** S3 lists in the order of UTF-8 bytes, which for these names is that of their characters. */
  async list(prefix: string): Promise<string[]> {
    const names: string[] = []
    let ContinuationToken: string | undefined
    do {
      const page = await this.client.send(
        new ListObjectsV2Command({
          Bucket: this.bucket,
          Prefix: prefix,
          ...(ContinuationToken && { ContinuationToken }),
        }),
      )
      for (const { Key } of page.Contents ?? []) names.push(Key!)
      ContinuationToken = page.NextContinuationToken
    } while (ContinuationToken !== undefined)
    return names
  }

  async delete(name: string): Promise<void> {
    checkObjectName(name)
    await this.client.send(new DeleteObjectCommand({ Bucket: this.bucket, Key: name }))
  }

  /** Signed with the rights of whoever runs this: it counts no longer than these do. */
  link(
    name: string,
    { type, fileName, seconds }: { type: string; fileName: string; seconds: number },
  ): Promise<string> {
    checkObjectName(name)
    const asked = new GetObjectCommand({
      Bucket: this.bucket,
      Key: name,
      ResponseContentType: type,
      ResponseContentDisposition: `attachment; filename="${fileName}"`,
    })
    return getSignedUrl(this.client, asked, { expiresIn: seconds })
  }
}
