/** What a function is told by its environment. Addresses of AWS itself are the SDK's business. */
import { z } from 'zod'

const text = z.string().min(1)
const maybe = z.string().default('')

const environment = z.object({
  TABLE_NAME: text,
  STREAM_NAME: text,
  /** Chosen at the first deploy, for good. */
  LOGICAL_SHARDS: z.coerce.number().int().min(1).max(1024),
  BUCKET_NAME: text,
  /** How names of secrets begin, with what parts it from the rest: `counterflow/dev/`. */
  SECRET_PREFIX: text,
  /** Where open sockets are written to: `https://...`. */
  WS_CALLBACK_URL: z.url(),
  /** '': nobody signs in by a user pool. */
  USER_POOL_ID: maybe,
  USER_POOL_CLIENT_ID: maybe,
  /** '': no e-mail goes out. */
  MAIL_FROM: maybe,
  /** '': windows are not mirrored to Timestream. */
  TIMESTREAM_DATABASE: maybe,
  TIMESTREAM_TABLE: maybe,
  /** What ARNs of the chains' state machines begin with; '': none run here. */
  CHAINS_PREFIX: maybe,
  /** '': chains ask DuckDB within their function. */
  ATHENA_WORKGROUP: maybe,
  ATHENA_DATABASE: maybe,
  /** Lambda says it by itself, MB. */
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: z.coerce.number().int().min(128).default(128),
  STAGE: text,
  /** An emulator's; the SDK reads it by itself, and the user pool's keys lie there too. '': AWS. */
  AWS_ENDPOINT_URL: maybe,
})
export type Env = z.infer<typeof environment>

/** A setting is missing or makes no sense; the message names each. */
export class EnvError extends Error {
  override readonly name = 'EnvError'
}

/** @throws EnvError */
export function readEnv(variables: Readonly<Record<string, string | undefined>> = process.env): Env {
  const read = environment.safeParse(variables)
  if (read.success) return read.data
  const wrong = read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
  throw new EnvError(`the function's environment is not as it should be: ${wrong.join('; ')}`)
}
