/** Part of every bundle: on AWS a function makes its ports from its environment, when it first asks for them. */
import { awsPorts } from '#adapters/aws/aws-ports.ts'
import { ROW_MIGRATIONS } from '#core/row-migrations.ts'
import { ObjectCompactor } from '#runtime/compact-raw.ts'
import { readEnv } from '#runtime/env.ts'
import { withMigrations } from '#runtime/migrating-state-store.ts'
import { providePorts } from '#runtime/ports.ts'
import { signStandardWebhooks } from '#runtime/proofs.ts'
import { ObjectLakeWriter } from '#runtime/write-stretch.ts'

const log = (line: object) => console.log(JSON.stringify(line))

providePorts(() => {
  const ports = awsPorts({ settings: readEnv(), sign: signStandardWebhooks, log })
  const state = withMigrations(ports.state, ROW_MIGRATIONS)
  return { ...ports, state, lake: new ObjectLakeWriter(ports.objects), compactor: new ObjectCompactor(ports.objects) }
})
