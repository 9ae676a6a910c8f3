/**
 * Puts the built dashboard into its bucket, then says where everything is: `after-deploy.ts STAGE FOLDER OUTPUTS`. What the
 * stacks say goes into the file OUTPUTS, too.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { outputsOf } from './stack-outputs.ts'

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
}
/** Built files have a hash of their content in their name; the page that names them does not. */
const FOR_EVER = 'public, max-age=31536000, immutable'
const ASK_AGAIN = 'no-cache'
const PAGE = 'index.html'

const [stage = 'dev', folder = 'web/dist', file] = process.argv.slice(2)
const outputs = await outputsOf(stage)
if (outputs.DashboardBucket !== undefined) await upload(outputs.DashboardBucket)
if (file !== undefined) writeFileSync(file, JSON.stringify(outputs))
tell()

/** The page last: it names the others. */
async function upload(bucket: string): Promise<void> {
  const s3 = new S3Client()
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((it) => it.isFile() && !it.name.startsWith('.'))
    .map((it) => join(it.parentPath, it.name).slice(folder.length + 1))
  const put = (name: string) =>
    s3.send(
      new PutObjectCommand({
        Bucket: bucket,
        Key: `app/${name}`,
        Body: readFileSync(join(folder, name)),
        ContentType: TYPES[extname(name)] ?? 'application/octet-stream',
        CacheControl: name.startsWith('assets/') ? FOR_EVER : ASK_AGAIN,
      }),
    )
  await Promise.all(names.filter((name) => name !== PAGE).map(put))
  if (names.includes(PAGE)) await put(PAGE)
  console.log(`The dashboard is there: ${names.length} files.`)
}

function tell(): void {
  const { DashboardUrl, ApiUrl, SocketUrl, OperationsUrl } = outputs
  console.log(
    [
      `Dashboard   ${DashboardUrl}`,
      `API         ${ApiUrl}`,
      `Socket      ${SocketUrl}`,
      ...(OperationsUrl === undefined ? [] : [`Operations  ${OperationsUrl}`]),
      'Try it:',
      `  curl '${ApiUrl}/healthz'`,
    ].join('\n'),
  )
}
