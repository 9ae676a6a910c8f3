/** Part of every bundle: on AWS a function makes its ports from its environment, when it first asks for them. */
import { awsPorts } from '#adapters/aws/aws-ports.ts'
import { readEnv } from '#runtime/env.ts'
import { providePorts } from '#runtime/ports.ts'
import { signStandardWebhooks } from '#runtime/proofs.ts'

providePorts(() =>
  awsPorts({ settings: readEnv(), sign: signStandardWebhooks, log: (line) => console.log(JSON.stringify(line)) }),
)
